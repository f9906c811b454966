import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutToWidth, displayWidth } from './display-width.js';
import { renderTable, timeColumn } from './text-table.js';

const ESCAPE = String.fromCodePoint(0x1b);
const TURNS_RIGHT_TO_LEFT = String.fromCodePoint(0x202e);

describe(renderTable.name, () => {
  it('lines up what is wide, combining or empty', () => {
    const rows = [
      ['db/password', '3'],
      ['数据库/密码', '12'],
      ['e\u0301t\u0301', ''],
    ];

    expect(renderTable([{ title: 'SECRET' }, { title: 'READS', right: true }], rows)).toEqual([
      'SECRET       READS',
      'db/password      3',
      '数据库/密码     12',
      'e\u0301t\u0301               -',
    ]);
  });

  it('wraps only the columns that may shrink, and only to fit a terminal', () => {
    const columns = [{ title: 'A' }, { title: 'B', shrinksTo: [8, 4] }, { title: 'C', shrinksTo: [5] }];
    const rows = [['fixed', 'a long/text', 'short']];

    expect(renderTable(columns, rows)).toEqual(['A      B            C', 'fixed  a long/text  short']);
    expect(renderTable(columns, rows, 22)).toEqual(['A      B         C', 'fixed  a long/   short', '       text']);
    expect(renderTable(columns, rows, 19)).toEqual([
      'A      B      C',
      'fixed  a      short',
      '       long/',
      '       text',
    ]);
  });

  it('never loses the end of a name, nor a column', () => {
    const columns = [
      { title: 'SECRET', shrinksTo: [12] },
      { title: 'READS', right: true },
    ];
    const rows = [
      ['store:secret-a', '3'],
      ['store:secret-b', '4'],
    ];

    expect(renderTable(columns, rows, 19)).toEqual([
      'SECRET        READS',
      'store:            3',
      'secret-a',
      'store:            4',
      'secret-b',
    ]);
    expect(renderTable(columns, rows, 18)).toEqual([
      'SECRET  store:secret-a',
      'READS   3',
      '',
      'SECRET  store:secret-b',
      'READS   4',
    ]);
  });

  it('takes no more columns than there are, whatever the cells hold', () => {
    const columns = [timeColumn('TIME (UTC)'), { title: 'WHO', shrinksTo: [9] }, { title: 'N', right: true }];
    const cell = fc.string({ unit: 'grapheme', maxLength: 40 });

    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), fc.integer({ min: 40, max: 60 }), (rows, width) => {
        const lines = renderTable(
          columns,
          rows.map(([who, n]) => ['2026-11-22 10:00:00', who, n.slice(0, 5)]),
          width,
        );
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('shows what a terminal would obey', () => {
    const [, line] = renderTable([{ title: 'TEXT' }], [[`${ESCAPE}[2J${TURNS_RIGHT_TO_LEFT}x\ny`]]);

    expect(line).toBe(String.raw`\u{1b}[2J\u{202e}x\u{a}y`);
  });
});

describe(cutToWidth.name, () => {
  it('never takes more columns than it may', () => {
    expect(cutToWidth('数据库', 6)).toBe('数据库');
    expect(cutToWidth('数据库', 5)).toBe('数据…');
    expect(displayWidth(cutToWidth('数据库', 4))).toBe(3);
  });
});
