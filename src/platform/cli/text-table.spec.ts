import { describe, expect, it } from '@jest/globals';
import { cutToWidth, displayWidth, printable } from './printable.js';
import { renderTable } from './text-table.js';

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

  it('cuts only the columns that may shrink, and only to fit a terminal', () => {
    const columns = [{ title: 'A' }, { title: 'B', shrinksTo: 4 }, { title: 'C', shrinksTo: 4 }];
    const rows = [['fixed', 'a long text', 'short']];

    expect(renderTable(columns, rows, 20)).toEqual(['A      B       C', 'fixed  a lon…  short']);
    expect(renderTable(columns, rows, 5)).toEqual(['A      B     C', 'fixed  a l…  sho…']);
    expect(renderTable(columns, rows)).toEqual(['A      B            C', 'fixed  a long text  short']);
  });

  it('shows what a terminal would obey', () => {
    const [, line] = renderTable([{ title: 'TEXT' }], [[`${ESCAPE}[2J${TURNS_RIGHT_TO_LEFT}x\ny`]]);

    expect(line).toBe(String.raw`\u{1b}[2J\u{202e}x\u{a}y`);
  });
});

describe(printable.name, () => {
  it('keeps writing as it is', () => {
    const text = 'Ærø Ελλάδα עברית العربية हिन्दी 日本語 می‌خواهم';

    expect(printable(text)).toBe(text);
  });
});

describe(cutToWidth.name, () => {
  it('never takes more columns than it may', () => {
    expect(cutToWidth('数据库', 6)).toBe('数据库');
    expect(cutToWidth('数据库', 5)).toBe('数据…');
    expect(displayWidth(cutToWidth('数据库', 4))).toBe(3);
  });
});
