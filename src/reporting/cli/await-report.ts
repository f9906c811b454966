import { setTimeout as sleep } from 'node:timers/promises';
import { KeytrailError } from '../../domain/errors.js';
import type { CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import type { ReportRunView } from '../report-run.view.js';

const EVERY_MS = 300;

/**
 * Waits until the report is made or cancelled, showing how far it is. Being interrupted cancels it.
 * @throws KeytrailError REPORTING.FAILED
 */
export async function awaitReport(
  { terminal, interruption }: CommandContext,
  client: KeytrailClient,
  requested: ReportRunView,
): Promise<ReportRunView> {
  const path = `/v1/reports/${encodeURIComponent(requested.id)}`;
  let run = requested;
  let told: string | undefined;
  while (run.status === 'queued' || run.status === 'running') {
    if (interruption.aborted) run = await client.post<ReportRunView>(`${path}/cancel`, {});
    terminal.progress.show(`${run.phase.replace('_', ' ')}, report ${run.id}`, run.progress);
    await sleep(EVERY_MS, undefined, { signal: interruption }).catch(() => undefined);
    run = await client.get<ReportRunView>(path);
    if (run.status === 'queued' && run.error !== undefined && run.error !== told) {
      terminal.note(`the report waits, and is tried again by the service: ${run.error}`);
      told = run.error;
    }
  }
  terminal.progress.clear();
  if (run.status === 'done' || run.status === 'cancelled') return run;
  throw new KeytrailError('REPORTING.FAILED', {
    report: run.id,
    status: run.status,
    ...(run.error !== undefined && { reason: run.error }),
  });
}
