import { describe, expect, it } from '@jest/globals';
import { PageRows, type PlacedRow } from './page-rows.js';

const placed = (row: number, time: string, id = `id-${row}`): PlacedRow => ({ row, id, time });

describe(PageRows.name, () => {
  it('keeps the first rows of the page, each once', () => {
    const sut = new PageRows({ ascending: false }, 3);

    sut.add([placed(1, '10'), placed(2, '30')]);
    sut.add([placed(3, '20'), placed(2, '30'), placed(4, '05')]);

    expect(sut.rows.map(({ row }) => row)).toEqual([2, 3, 1]);
  });

  it('orders what has one time by the bytes of its id', () => {
    const sut = new PageRows({ ascending: true }, 3);

    sut.add([placed(1, '10', '\u{1f511}'), placed(2, '10', '\u{ffee}'), placed(3, '10', 'z')]);

    expect(sut.rows.map(({ row }) => row)).toEqual([3, 2, 1]);
  });

  it.each([
    [false, '19', true],
    [false, '20', false],
    [false, '21', false],
    [true, '41', true],
    [true, '40', false],
    [true, '39', false],
  ])('may get nothing more from where all stands behind it (ascending: %s, begins: %s)', (ascending, begins, full) => {
    const sut = new PageRows({ ascending }, 2);
    expect(sut.isFullBefore(begins)).toBe(false);

    sut.add([placed(1, '40'), placed(2, '20'), placed(3, '30')].slice(0, 2));

    expect(sut.isFullBefore(begins)).toBe(full);
    expect(sut.isFullBefore(undefined)).toBe(false);
  });
});
