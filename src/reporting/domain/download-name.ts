import type { ReportRun } from './report-run.js';

/** `keytrail-secret-activity-2026-01-01-to-2026-02-01-018f3c2a.pdf`: nothing in it is personal. */
export function downloadName({ id, request }: ReportRun, file: string): string {
  const { kind, period, named } = request;
  const days = `${period.from.slice(0, 10)}-to-${period.to.slice(0, 10)}`;
  const stem = `keytrail-${kind}-${days}-${id.replaceAll('-', '').slice(-8)}${named ? '-named' : ''}`;
  return file.endsWith('.pdf') ? `${stem}.pdf` : `${stem}-${file}`;
}
