import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../domain/canonical-json.js';
import { KeytrailError } from '../../domain/errors.js';
import { isUuid } from '../../domain/uuid.js';
import { StateStore, type OutboxEvent, type StateDocument } from '../../storage/state-store/state-store.port.js';
import { evolveRun, isOpen, type ReportRun, type RunEvent } from '../domain/report-run.js';

const COLLECTION = 'reports';
const RACES = 10;
const PAGE = 200;

/** The stored records of all runs, changed by compare-and-set. */
@Injectable()
export class ReportRuns {
  constructor(private readonly state: StateStore) {}

  /** Throws `REPORTING.REPORT_NOT_FOUND`. */
  async get(id: string): Promise<ReportRun> {
    return runOf(await this.#document(id));
  }

  /** Newest first, `after` exclusive. */
  async list(page: { readonly after?: string; readonly limit: number }): Promise<readonly ReportRun[]> {
    const documents = await this.state.list(COLLECTION, { ...page, descending: true });
    return documents.map((document) => runOf(document));
  }

  /** The runs that are not finished, the oldest first: all of them, however many were asked for since. */
  async open(): Promise<readonly ReportRun[]> {
    const open: ReportRun[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await this.list({ limit: PAGE, ...(after !== undefined && { after }) });
      open.push(...page.filter(isOpen));
      after = page.at(-1)?.id;
      if (page.length < PAGE) return open.reverse();
    }
  }

  async create(run: ReportRun, events: readonly OutboxEvent[]): Promise<void> {
    const created = await this.state.put({
      collection: COLLECTION,
      id: run.id,
      expected: 0,
      value: valueOf(run),
      events,
    });
    if (!created) throw new KeytrailError('STORAGE.VERSION_CONFLICT');
  }

  /**
   * Applies what happened, with the events that tell of it in the same write. `undefined` when it can't happen any more:
   * the run is finished, and stays as it is.
   */
  async change(id: string, event: RunEvent, events: readonly OutboxEvent[] = []): Promise<ReportRun | undefined> {
    for (let race = 0; race < RACES; race += 1) {
      const document = await this.#document(id);
      const changed = evolveRun(runOf(document), event);
      if (!changed) return undefined;
      const value = valueOf(changed);
      const written = await this.state.put({ collection: COLLECTION, id, expected: document.version, value, events });
      if (written) return changed;
    }
    throw new KeytrailError('STORAGE.VERSION_CONFLICT');
  }

  async #document(id: string): Promise<StateDocument> {
    const document = isUuid(id) ? await this.state.get({ collection: COLLECTION, id }) : undefined;
    if (!document) throw new KeytrailError('REPORTING.REPORT_NOT_FOUND');
    return document;
  }
}

/** A run is made of JSON values only. */
function valueOf(run: ReportRun): JsonObject {
  return run as unknown as JsonObject;
}

function runOf(document: StateDocument): ReportRun {
  return document.value as unknown as ReportRun;
}
