import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../../src/domain/entry.js';
import type { Identity } from '../../src/domain/identity.js';
import { formatLogPoint } from '../../src/domain/position.js';
import { collectFacts } from '../../src/reporting/collecting/collect-facts.js';
import { ReportFolder } from '../../src/reporting/collecting/report-folder.js';
import { TrailReader } from '../../src/reporting/collecting/trail-reader.js';
import type { RunResult } from '../../src/reporting/domain/report-run.js';
import type { ReportTask } from '../../src/reporting/domain/report-task.js';
import { makeReport } from '../../src/reporting/making/make-report.js';
import type { SecretActivityFacts } from '../../src/reporting/secret-activity/secret-activity-facts.js';
import { TrailLog } from './trail-log.js';

export const JANUARY = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };

export type TaskChange = Partial<ReportTask['run']['request']> & { readonly at?: string; readonly asOf?: string };

/** An entry, and the names behind it. */
export interface GivenEvent {
  readonly entry: Entry;
  readonly identity?: Identity;
}

export interface MadeReport extends RunResult {
  readonly folder: string;
  csv(name: string): readonly (readonly string[])[];
}

/** A trail in a temporary folder, filled by the real projections, and reports of it. */
export class ReportRoom {
  readonly #folder = mkdtempSync(join(tmpdir(), 'keytrail-report-'));
  readonly trail = new TrailLog(this.#folder);
  readonly #identities = new Map<string, Identity>();
  #made = 0;

  async given(...events: readonly GivenEvent[]): Promise<void> {
    for (const { entry, identity } of events) if (identity) this.#identities.set(entry.id, identity);
    await this.trail.append(...events.map(({ entry }) => entry));
    await this.trail.project({ openIdentity: ({ id }) => this.#identities.get(id) ?? {} });
  }

  async task(change: TaskChange = {}): Promise<ReportTask> {
    const { at = '2026-02-02T08:00:00.000Z', asOf = formatLogPoint(await this.trail.log.end()), ...request } = change;
    return {
      run: {
        id: '019c1aa0-0000-7000-8000-000000000001',
        request: {
          kind: 'secret-activity',
          period: JANUARY,
          scope: { filters: [], words: [] },
          named: false,
          ...request,
        },
        requestedBy: { subject: 'sub_requester', kind: 'user' },
        requestedAt: '2026-02-02T07:59:59.000Z',
        start: { at, asOf, behind: 0, version: '0.1.0' },
      },
      exchangeWait: 60_000,
      silence: 24 * 3_600_000,
    };
  }

  async facts(change: TaskChange = {}): Promise<SecretActivityFacts> {
    const folder = new ReportFolder(this.#nextFolder());
    const facts = await collectFacts(
      await this.task(change),
      new TrailReader(this.trail.store),
      folder,
      () => undefined,
    );
    folder.close();
    return facts;
  }

  async make(change: TaskChange = {}): Promise<MadeReport> {
    const folder = this.#nextFolder();
    new ReportFolder(folder);
    const result = await makeReport(await this.task(change), this.trail.store, folder, () => undefined);
    return { ...result, folder, csv: (name) => readCsv(join(folder, name)) };
  }

  async close(): Promise<void> {
    await this.trail.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #nextFolder(): string {
    this.#made += 1;
    return join(this.#folder, `made-${this.#made}`);
  }
}

/** The rows of a CSV file whose every cell is quoted, header first. */
export function readCsv(path: string): readonly (readonly string[])[] {
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, -2)
    .split('"\r\n"')
    .map((line) => line.replace(/^"/, '').replace(/"$/, '').split('","'));
}
