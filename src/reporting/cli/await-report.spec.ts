import { describe, expect, it } from '@jest/globals';
import type { CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { Terminal } from '../../platform/cli/terminal.js';
import type { ReportRunView } from '../report-run.view.js';
import { awaitReport } from './await-report.js';

const run = (status: ReportRunView['status']) =>
  ({ id: 'r1', status, phase: 'counting', progress: 0 }) as ReportRunView;

/** A service at which the report runs until it is cancelled, or until it ends as told. */
function setup(end: ReportRunView['status'] | undefined, signal: AbortSignal) {
  const stream = { write: () => true, on: () => undefined };
  const context = { terminal: new Terminal(stream, stream), interruption: signal } as unknown as CommandContext;
  const posted: string[] = [];
  const client = {
    get: () => Promise.resolve(run(posted.length > 0 ? 'cancelled' : (end ?? 'running'))),
    post: (path: string) => {
      posted.push(path);
      return Promise.resolve(run('running'));
    },
  } as unknown as KeytrailClient;
  return { ended: awaitReport(context, client, run('queued')), posted };
}

describe(awaitReport.name, () => {
  it('cancels when it is interrupted, which is no failure of the report', async () => {
    const { ended, posted } = setup(undefined, AbortSignal.abort());

    expect(await ended).toMatchObject({ status: 'cancelled' });
    expect(posted).toEqual(['/v1/reports/r1/cancel']);
  });

  it('says once why the report waits', async () => {
    const notes: string[] = [];
    const note = { write: (text: string) => notes.push(text) > 0, on: () => undefined };
    const context = {
      terminal: new Terminal(note, note),
      interruption: new AbortController().signal,
    } as unknown as CommandContext;
    const waiting = { ...run('queued'), error: 'STORAGE.DISK_FULL' } as const;
    const answers = [waiting, waiting, run('running'), run('done')];
    const client = { get: () => Promise.resolve(answers.shift()) } as unknown as KeytrailClient;

    await awaitReport(context, client, run('queued'));

    expect(notes).toEqual(['the report waits, and is tried again by the service: STORAGE.DISK_FULL\n']);
  });

  it('fails where the report fails', async () => {
    const { ended } = setup('failed', new AbortController().signal);

    await expect(ended).rejects.toMatchObject({ code: 'REPORTING.FAILED' });
  });
});
