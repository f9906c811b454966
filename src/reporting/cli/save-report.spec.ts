import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { KeytrailClient, patience } from '../../platform/cli/keytrail-client.js';
import { Transport, type ApiRequest, type ApiResponse } from '../../platform/cli/transport.js';
import type { ReportRunView } from '../report-run.view.js';
import { saveReport } from './save-report.js';

const folders = temporaryFolders();

/** Gives the path of each file as the file. */
class Files extends Transport {
  override readonly place = 'files';
  override readonly isShared = true;

  override send({ path }: ApiRequest): Promise<ApiResponse> {
    return Promise.resolve({
      status: 200,
      header: () => undefined,
      body: ReadableStream.from([Buffer.from(path)]),
    });
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

const client = new KeytrailClient(
  new Files(),
  patience(() => undefined),
);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function aRun(id: string, pdf = sha256(`/v1/reports/${id}/pdf`)): ReportRunView {
  const file = (name: string, embedded: boolean) => ({
    name,
    embedded,
    sha256: sha256(`/v1/reports/${id}/attachments/${name}`),
    bytes: 1,
    rows: 1,
  });
  return {
    id,
    pdf: { name: 'report.pdf', sha256: pdf, bytes: 1, pages: 1 },
    attachments: [file('accesses.csv', true), file('events.csv', false)],
  } as unknown as ReportRunView;
}

describe(saveReport.name, () => {
  it('keeps the files of two reports in one folder apart, and what else is there', async () => {
    const folder = folders();
    writeFileSync(join(folder, 'events.csv'), 'mine');

    await saveReport(client, aRun('one'), join(folder, 'october.pdf'));
    const saved = await saveReport(client, aRun('two'), join(folder, 'november.pdf'));

    expect(saved).toEqual([join(folder, 'november.pdf'), join(folder, 'november-events.csv')]);
    expect(readdirSync(folder).sort()).toEqual([
      'events.csv',
      'november-events.csv',
      'november.pdf',
      'october-events.csv',
      'october.pdf',
    ]);
    expect(readFileSync(join(folder, 'events.csv'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'october-events.csv'), 'utf8')).toBe('/v1/reports/one/attachments/events.csv');
  });

  it('leaves nothing of a file that is not the one of the record', async () => {
    const out = join(folders(), 'october.pdf');
    await expect(saveReport(client, aRun('one', sha256('another')), out)).rejects.toMatchObject({
      code: 'REPORTING.FAILED',
    });
    expect(existsSync(out)).toBe(false);
  });
});
