import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { ServiceProblem } from '../../platform/cli/service-problem.js';
import type { IngestAnswer } from './ingest-counts.js';
import { type RecordBatch } from './record-batch.js';

export interface Delivery {
  readonly kind: string;
  readonly instance?: string;
  readonly environment?: string;
  /** The reason of a second reading under a corrected mapping. */
  readonly supersede?: string;
}

export interface SentBatch {
  readonly batch: RecordBatch;
  /** Absent for a single record of which the service does not even take the place. */
  readonly answer?: IngestAnswer;
}

/** Sends batches of records to the service, smaller ones where it takes less. */
export class RecordSender {
  readonly #path: string;
  readonly #query: URLSearchParams;

  constructor(
    private readonly client: KeytrailClient,
    delivery: Delivery,
  ) {
    this.#path = `/v1/sources/${encodeURIComponent(delivery.kind)}/records`;
    this.#query = new URLSearchParams({ items: 'failed' });
    if (delivery.instance !== undefined) this.#query.set('instance', delivery.instance);
    if (delivery.environment !== undefined) this.#query.set('environment', delivery.environment);
    if (delivery.supersede === undefined) return;
    this.#query.set('supersede', 'true');
    this.#query.set('reason', delivery.supersede);
  }

  /** Harmless to repeat: the ids follow from the records and their places. */
  async send(batch: RecordBatch, fileName: string): Promise<readonly SentBatch[]> {
    try {
      const answer = await this.client.json<IngestAnswer>({
        method: 'POST',
        path: this.#path,
        query: this.#query,
        headers: { 'content-type': 'application/x-ndjson', ...batch.headers(fileName) },
        body: batch.body(),
      });
      return [{ batch, answer }];
    } catch (error) {
      if (!(error instanceof ServiceProblem) || error.status !== 413) throw error;
      if (batch.records.length === 1) {
        const told = batch.withoutContent();
        return told ? this.send(told, fileName) : [{ batch }];
      }
      const [first, second] = batch.halves();
      return [...(await this.send(first, fileName)), ...(await this.send(second, fileName))];
    }
  }
}
