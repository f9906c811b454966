import { KeytrailError } from '../../../domain/errors.js';
import type { ReadStore, FoundDocument } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { TRAIL_EVENTS, type TrailEventBody } from '../../trail-event.view.js';
import type { ExportFormat, ExportStatement } from './export-format.js';

const PAGE = 200;

/** What the export was recorded to hold. */
export type ExportFacts = Omit<ExportStatement, 'complete' | 'missing'>;

/** Writes one export, a page in memory at a time. */
export class ExportRun {
  #written = 0;

  constructor(
    private readonly store: ReadStore,
    private readonly matching: ViewFilter,
    private readonly format: ExportFormat,
    private readonly facts: ExportFacts,
  ) {}

  async *content(): AsyncGenerator<string, undefined> {
    yield this.format.head();
    try {
      for await (const page of this.#pages()) yield this.#write(page);
    } catch (error) {
      yield this.#statement('the trail could not be read to its end');
      throw error;
    }
    const missing = this.facts.events - this.#written;
    if (missing === 0) {
      yield this.#statement();
      return undefined;
    }
    yield this.#statement(`${missing} events were answered or corrected meanwhile: export again`);
    throw new KeytrailError('TRAIL.NOT_READY', { missing });
  }

  #write(documents: readonly FoundDocument[]): string {
    this.#written += documents.length;
    return documents.map(({ body }) => this.format.event(JSON.parse(body) as TrailEventBody)).join('');
  }

  #statement(missing?: string): string {
    const complete = missing === undefined;
    return this.format.tail({ ...this.facts, events: this.#written, complete, ...(!complete && { missing }) });
  }

  async *#pages(): AsyncGenerator<readonly FoundDocument[], undefined> {
    let after: { time: string; id: string } | undefined;
    for (;;) {
      const { documents } = await this.store.query({
        view: TRAIL_EVENTS.name,
        filter: this.matching,
        ascending: true,
        limit: PAGE,
        ...(after && { after }),
      });
      if (documents.length > 0) yield documents;
      const last = documents.at(-1);
      if (!last || documents.length < PAGE) return undefined;
      after = { time: last.time, id: last.id };
    }
  }
}
