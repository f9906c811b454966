import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { attachment, CSV, sampleReport } from '../../../test/support/sample-report.js';
import { KeytrailError } from '../../domain/errors.js';
import { writePdf, type WrittenPdf } from './pdf-writer.js';
import { type Cell, EMBEDDED_BYTES, type ReportDocument, type Table } from './report-document.js';

async function written(report: ReportDocument): Promise<WrittenPdf & { readonly file: Buffer }> {
  const sink = new PassThrough();
  const [result, chunks] = await Promise.all([writePdf(report, sink), sink.toArray()]);
  return { ...result, file: Buffer.concat(chunks as Buffer[]) };
}

function reportOf(table: Partial<Table>): ReportDocument {
  const whole: Table = {
    block: 'table',
    title: 'Reads',
    columns: [
      { header: 'Who', weight: 1 },
      { header: 'Secret', weight: 2, font: 'code' },
    ],
    rows: [],
    total: 0,
    whenEmpty: 'None.',
    ...table,
  };
  return sampleReport({ sections: [{ heading: 'Reads', blocks: [whole] }] });
}

const row: readonly Cell[] = ['Zoë', 'secret/db'];
const failing = (reason: string) => expect.objectContaining({ code: 'REPORTING.FAILED', facts: { reason } });

describe(writePdf.name, () => {
  it('says how many bytes and pages it wrote', async () => {
    const { bytes, pages, file } = await written(sampleReport());

    expect(file.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(bytes).toBe(file.length);
    expect(pages).toBe(file.toString('latin1').match(/\/Type \/Page\n/g)?.length);
  });

  it('makes the same bytes of the same document', async () => {
    const first = await written(sampleReport());
    await written(sampleReport({ title: 'Ω Ω ‎another one in between', sections: [] }));
    const second = await written(sampleReport());

    expect(second.sha256).toBe(first.sha256);
    expect(second.file.equals(first.file)).toBe(true);
  });

  it.each<[string, Partial<ReportDocument>]>([
    ['run', { runId: 'another' }],
    ['time', { madeAt: new Date('2026-02-01T06:00:01Z') }],
  ])('makes another file identifier of another %s', async (_, overrides) => {
    const identifier = ({ file }: { file: Buffer }): string =>
      /\/ID \[<([0-9a-f]{32})>/.exec(file.toString('latin1'))?.[1] ?? 'none';

    expect(identifier(await written(sampleReport(overrides)))).not.toBe(identifier(await written(sampleReport())));
  });

  it('holds no time but the run’s own', async () => {
    const { file } = await written(sampleReport());

    const times = file.toString('latin1').match(/D:\d{14}Z|\d{4}-\d\d-\d\dT[\d:]+Z/g);

    expect(new Set(times)).toEqual(new Set(['D:20260201060000Z', '2026-02-01T06:00:00Z']));
  });

  it('reads rows as they come and stops after the printed ones', async () => {
    let read = 0;
    async function* rows(): AsyncGenerator<readonly Cell[]> {
      for (;;) {
        read += 1;
        yield await Promise.resolve(row);
      }
    }

    const { pages } = await written(reportOf({ rows: rows(), total: 31_204, attachment: CSV.name }));

    expect(read).toBe(2_001);
    expect(pages).toBeGreaterThan(20);
  });

  it.each<[string, Partial<Table>, string]>([
    ['fewer rows than it says', { rows: [row], total: 2 }, 'row_count_differs'],
    ['more rows than it says', { rows: [row, row], total: 1 }, 'row_count_differs'],
    ['a row of another width', { rows: [['Zoë']], total: 1 }, 'cell_count_differs'],
    ['rows left out without a file', { rows: [row], total: 2_001 }, 'rows_without_file'],
  ])('refuses a table with %s', async (_, table, reason) => {
    await expect(written(reportOf(table))).rejects.toEqual(failing(reason));
  });

  it.each<[string, Partial<typeof CSV>, string]>([
    ['another hash', { sha256: 'a'.repeat(64) }, 'attachment_differs'],
    ['another length', { byteLength: 1 }, 'attachment_differs'],
    ['too many bytes', { byteLength: EMBEDDED_BYTES + 1 }, 'attachment_too_large'],
  ])('refuses an attachment with %s', async (_, wrong, reason) => {
    await expect(written(sampleReport({ attachments: [{ ...CSV, ...wrong }] }))).rejects.toEqual(failing(reason));
  });

  it('throws what the sink throws', async () => {
    const full = new Error('no space');
    const sink = new Writable({
      write: (_chunk, _encoding, done) => {
        done(full);
      },
    });

    await expect(writePdf(sampleReport(), sink)).rejects.toBe(full);
  });

  it('throws what the rows throw', async () => {
    const lost = new KeytrailError('STORAGE.UNAVAILABLE');
    function* rows(): Generator<readonly Cell[]> {
      yield row;
      throw lost;
    }

    await expect(written(reportOf({ rows: rows(), total: 2 }))).rejects.toBe(lost);
  });

  it('embeds files of the same content under their own names', async () => {
    const twin = { ...attachment('twin.csv', 'a\nb\n'), description: 'The same again' };

    const { file } = await written(sampleReport({ attachments: [CSV, attachment('one.csv', 'a\nb\n'), twin] }));

    expect(file.toString('latin1').match(/\/Type \/Filespec/g)).toHaveLength(3);
  });
});
