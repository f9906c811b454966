import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writePdf } from '../../src/reporting/pdf/pdf-writer.js';
import { type Cell, type ReportDocument } from '../../src/reporting/pdf/report-document.js';
import { describeEngines, POPPLER, QPDF, run, VERAPDF, veraPdf } from '../support/engines.js';
import { CSV, LONG_PATH, NAMES, sampleReport } from '../support/sample-report.js';

const LONG_TABLE_ROWS = 60;
/** A Java start and five files on a busy machine. */
const JAVA_TIMEOUT = 180_000;

const reports: Readonly<Record<string, ReportDocument>> = {
  sample: sampleReport(),
  hostile: sampleReport({
    title: 'R&D <secrets> "quoted" \u202Egnp',
    runId: 'a<b>&c',
    cover: { kind: '', subtitle: '', facts: [], statement: [] },
    sections: [{ heading: '& < > \u0000', blocks: [{ block: 'paragraph', text: '\uD800 \u0007 </rdf:RDF> 👩‍💻' }] }],
    attachments: [{ ...CSV, name: 'a & b.csv', description: '<all>' }],
  }),
  empty: sampleReport({ sections: [], attachments: [] }),
  long: longReport(),
  characters: charactersReport(),
};

/** Every character of the blocks that names are written in, and one in 397 of all others. */
function charactersReport(): ReportDocument {
  const named = [0x00, 0x370, 0x590, 0x900, 0x3000].flatMap((first) =>
    Array.from({ length: 512 }, (_, at) => first + at),
  );
  const others = Array.from({ length: 0x11_0000 / 397 }, (_, at) => at * 397);
  const text = String.fromCodePoint(...named, ...others);
  const rows = Array.from(text.matchAll(/.{1,64}/gsu), ([part]): readonly Cell[] => [part, part]);
  const columns = (['text', 'code'] as const).map((font) => ({ header: font, weight: 1, font }));
  const table = { block: 'table', title: 'Characters', columns, rows, total: rows.length, whenEmpty: '' } as const;
  return sampleReport({ sections: [{ heading: 'Characters', blocks: [table] }] });
}

function longReport(): ReportDocument {
  const rows = Array.from({ length: LONG_TABLE_ROWS }, (_, at): readonly Cell[] => [
    at % 3 === 0 ? LONG_PATH : null,
    at % 3 === 1 ? 'x'.repeat(500) : null,
    at,
  ]);
  rows.push(['path/'.repeat(2_000), null, null]); // higher than a page
  return sampleReport({
    sections: [
      {
        heading: 'Long',
        blocks: [
          {
            block: 'table',
            title: 'Long paths',
            columns: [
              { header: 'Secret path', weight: 3, font: 'code' },
              { header: 'Free text', weight: 2 },
              { header: 'Row', weight: 1, align: 'right' },
            ],
            rows,
            total: rows.length,
            whenEmpty: '',
          },
        ],
      },
    ],
  });
}

let folder = '';
let structure = '';
const fileOf = (name: string): string => join(folder, `${name}.pdf`);
const textOf = (name: string, ...options: string[]): string =>
  run('pdftotext', ...options, fileOf(name), '-').replaceAll(/[\u200E\u200F\u202A-\u202E]/g, '');

describeEngines([QPDF, POPPLER, VERAPDF], 'A report as PDF', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keytrail-pdf-'));
    for (const [name, report] of Object.entries(reports)) await writePdf(report, createWriteStream(fileOf(name)));
    structure = run('pdfinfo', '-struct-text', fileOf('long'));
  }, JAVA_TIMEOUT);

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each(Object.keys(reports))('%s: is a sound PDF to qpdf', (name) => {
    expect(run('qpdf', '--check', fileOf(name))).toContain('No syntax or stream encoding errors found');
  });

  it.each(['3a', 'ua1'] as const)(
    'all conform to %s, says veraPDF',
    (flavour) => {
      const files = Object.keys(reports).map(fileOf);

      const verdicts = veraPdf(flavour, ...files);

      expect(verdicts.split('\n').filter((line) => /^(PASS|FAIL)/.test(line))).toEqual(
        files.map((file) => `PASS ${file} ${flavour}`),
      );
    },
    JAVA_TIMEOUT,
  );

  it.each(Object.entries(NAMES).filter(([script]) => script !== 'persian'))(
    'holds the text of a %s name',
    (_, name) => {
      expect(textOf('sample').normalize('NFC')).toContain(name.normalize('NFC'));
    },
  );

  it('holds every letter of a name with a joiner', () => {
    // pdftotext puts the joiner before the letter that it follows.
    expect(textOf('sample').replaceAll('\u200C', '')).toContain(NAMES.persian.replaceAll('\u200C', ''));
  });

  it('writes out what would deceive the eye', () => {
    const text = textOf('sample');

    expect(text).toContain('Mallory \\u{202E}gnp.exe');
    expect(text).toContain('\\u{1F469}\\u{200D}\\u{1F4BB}');
    expect(text).toContain('control \\u{7}');
  });

  it('draws nothing outside the margins', () => {
    const words = textOf('long', '-bbox') + textOf('characters', '-bbox');
    const boxes = words.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"/g);

    const outside = Array.from(boxes, (box) => box.slice(1).map(Number)).filter(
      ([left = 0, top = 0, right = 0, bottom = 0]) => left < 53 || top < 30 || right > 542 || bottom > 820,
    );

    expect(outside).toEqual([]);
  });

  it('keeps a path whole over lines and pages, for those who read the structure', () => {
    const cells = structure.replaceAll(/["\s]/g, '');

    expect(cells.split(LONG_PATH).length - 1).toBe(LONG_TABLE_ROWS / 3);
    expect(cells.includes('path/'.repeat(2_000))).toBe(true);
  });

  it('repeats header, marking and page number on every page', () => {
    const pages = textOf('long').split('\f').slice(0, -1);
    const table = pages.slice(1, -1);

    expect(pages.length).toBeGreaterThan(8);
    expect(pages.every((page, at) => page.includes(`Page ${at + 1} of ${pages.length}`))).toBe(true);
    expect(pages.every((page) => page.includes('CONTAINS PERSONAL DATA'))).toBe(true);
    expect(table.filter((page) => !page.includes('Secret path'))).toEqual([]);
  });

  it('has one table header to those who read the structure', () => {
    expect(structure.match(/"Secret path"/g)).toHaveLength(1);
    expect(structure).toMatch(/H1.*\n\s+"Secret activity, January 2026"/);
    expect(structure).toMatch(/H2.*\n\s+"Long"/);
    expect(structure).toMatch(/TH.*\n\s+\/Scope \/Column/);
  });

  it('says what is missing, and that there was nothing', () => {
    const text = textOf('sample');

    expect(text.match(/not recorded/g)?.length).toBeGreaterThanOrEqual(8);
    expect(text).toContain('No events in the period.');
  });

  it('carries its attachments', () => {
    expect(run('pdfdetach', '-list', fileOf('sample'))).toContain('1: reads.csv');
    const saved = join(folder, 'saved.csv');
    run('pdfdetach', '-save', '1', '-o', saved, fileOf('sample'));
    expect(run('sha256sum', saved)).toContain(CSV.sha256);
    expect(textOf('sample').replaceAll(/\s/g, '')).toContain(CSV.sha256);
  });

  it('has its title in the metadata, unharmed', () => {
    expect(run('pdfinfo', fileOf('hostile'))).toContain('Title:           R&D <secrets> "quoted"');
    expect(run('pdfinfo', '-meta', fileOf('hostile'))).toContain('R&amp;D &lt;secrets&gt;');
  });
});
