import { createHash } from 'node:crypto';
import { dirname, join, parse } from 'node:path';
import { KeytrailError } from '../../domain/errors.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { OutputFile } from '../../platform/cli/output-file.js';
import type { ReportRunView } from '../report-run.view.js';

/**
 * Writes the PDF, and beside it the files that were too large to be in it, each under the PDF's name and its own: the
 * files of another report are left alone. Gives back their paths, the PDF's first.
 * @throws KeytrailError REPORTING.FAILED when a file is not the one that the run's record names
 */
export async function saveReport(client: KeytrailClient, run: ReportRunView, out: string): Promise<readonly string[]> {
  const path = `/v1/reports/${encodeURIComponent(run.id)}`;
  await save(client, { path: `${path}/pdf`, sha256: run.pdf?.sha256, out });
  const saved = [out];
  for (const { name, sha256, embedded } of run.attachments ?? []) {
    if (embedded) continue;
    const beside = join(dirname(out), `${parse(out).name}-${name}`);
    await save(client, { path: `${path}/attachments/${encodeURIComponent(name)}`, sha256, out: beside });
    saved.push(beside);
  }
  return saved;
}

async function save(
  client: KeytrailClient,
  { path, sha256, out }: { readonly path: string; readonly sha256: string | undefined; readonly out: string },
): Promise<void> {
  const file = await OutputFile.create(out);
  const digest = createHash('sha256');
  try {
    const { body } = await client.stream({ path });
    for await (const chunk of body) {
      digest.update(chunk);
      await file.write(chunk);
    }
    if (digest.digest('hex') !== sha256)
      throw new KeytrailError('REPORTING.FAILED', { reason: 'the file was changed' });
    await file.finish();
  } finally {
    await file.discard();
  }
}
