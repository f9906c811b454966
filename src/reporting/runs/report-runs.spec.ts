import { describe, expect, it } from '@jest/globals';
import { MemoryStateStore } from '../../../test/support/memory/memory-state-store.js';
import { newRun, type ReportRun } from '../domain/report-run.js';
import { runId } from '../domain/run-id.js';
import { ReportRuns } from './report-runs.js';

function queued(milliseconds: number): ReportRun {
  return newRun({
    id: runId(milliseconds, new Uint8Array(10)),
    request: {
      kind: 'secret-activity',
      period: { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
      scope: { filters: [], words: [] },
      named: false,
    },
    requestedBy: { subject: 'sub_a', kind: 'user' },
    requestedAt: '2026-02-01T07:59:00.000Z',
  });
}

describe(ReportRuns.name, () => {
  it('finds what waits, the oldest first, however many were asked for and made since', async () => {
    const sut = new ReportRuns(new MemoryStateStore());
    const runs = Array.from({ length: 450 }, (_, index) => queued(index));
    for (const run of runs) await sut.create(run, []);
    for (const { id } of runs.slice(2, -1)) await sut.change(id, { type: 'cancelled', at: '2026-02-01T08:00:00.000Z' });

    const open = await sut.open();

    expect(open.map(({ id }) => id)).toEqual([runs[0], runs[1], runs[449]].map((run) => run?.id));
  });
});
