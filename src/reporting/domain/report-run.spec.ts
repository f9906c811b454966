import { describe, expect, it } from '@jest/globals';
import { evolveRun, newRun, type ReportRun, type RunEvent } from './report-run.js';
import { runId } from './run-id.js';

const START = { at: '2026-02-01T08:00:00.000Z', asOf: '1:0=7', behind: 0, version: '0.1.0' };
const RESULT = { pdf: { name: 'report.pdf', sha256: 'ab', bytes: 1, pages: 1 }, attachments: [], events: 7 };

const QUEUED = newRun({
  id: runId(0, new Uint8Array(10)),
  request: {
    kind: 'secret-activity',
    period: { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
    scope: { filters: [], words: [] },
    named: false,
  },
  requestedBy: { subject: 'sub_a', kind: 'user' },
  requestedAt: '2026-02-01T07:59:00.000Z',
});

function given(...events: readonly RunEvent[]): ReportRun | undefined {
  return events.reduce<ReportRun | undefined>((run, event) => run && evolveRun(run, event), QUEUED);
}

describe(evolveRun.name, () => {
  it('goes from queued over running to done', () => {
    const done = given(
      { type: 'started', start: START },
      { type: 'progressed', phase: 'reading', progress: 0.5 },
      { type: 'completed', at: '2026-02-01T08:01:00.000Z', result: RESULT },
    );

    expect(done).toMatchObject({ status: 'done', progress: 1, events: 7, pdf: RESULT.pdf, start: START });
  });

  it('keeps the start it had when it is taken up again', () => {
    const again = given(
      { type: 'started', start: START },
      { type: 'progressed', phase: 'drawing', progress: 0.9 },
      { type: 'interrupted' },
      { type: 'started', start: { ...START, asOf: '1:0=99', at: 'later' } },
    );

    expect(again).toMatchObject({ status: 'running', phase: 'waiting', progress: 0, start: START });
  });

  it('says why it was put off, until it is taken up again', () => {
    const putOff = given({ type: 'started', start: START }, { type: 'postponed', error: 'STORAGE.DISK_FULL' });

    expect(putOff).toMatchObject({ status: 'queued', phase: 'waiting', attempts: 0, error: 'STORAGE.DISK_FULL' });
    const again = putOff && evolveRun(putOff, { type: 'started', start: START });
    expect(again).toMatchObject({ status: 'running', attempts: 1 });
    expect(again).not.toHaveProperty('error');
  });

  it.each<RunEvent>([
    { type: 'completed', at: 't', result: RESULT },
    { type: 'failed', at: 't', error: 'REPORTING.FAILED' },
    { type: 'cancelled', at: 't' },
  ])('lets nothing happen after $type', (end) => {
    expect(given(end)).toBeDefined();
    expect(given(end, { type: 'cancelled', at: 'later' })).toBeUndefined();
    expect(given(end, { type: 'started', start: START })).toBeUndefined();
  });
});

describe(runId.name, () => {
  it('sorts as the runs were requested', () => {
    const random = new Uint8Array(10).fill(255);

    const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((time) => runId(time, random));

    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
