import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { EVERYTHING } from './condition.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { GenerationTables } from './generation-tables.js';
import { RowSet, SEGMENT_ROWS } from './row-set.js';
import { SegmentFetch } from './segment-fetch.js';
import { inPageOrder } from './segment-order.js';
import { timeOrder } from './time-order.js';

const SEGMENTS = 8;
const tables = new GenerationTables(1);

interface Row {
  readonly row: number;
  readonly id: string;
  readonly time: string;
}

/** A few documents in each of several segments, their times anyhow. */
function setup(times: readonly (readonly number[])[]): {
  sut: (ascending: boolean) => SegmentFetch;
  rows: readonly Row[];
} {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE TABLE ${tables.documents}(row INTEGER PRIMARY KEY, id TEXT, time TEXT)`);
  const insert = database.prepare(`INSERT INTO ${tables.documents} VALUES (?, ?, ?)`);
  const rows = times.flatMap((list, segment) =>
    list.map((time, n) => ({ row: segment * SEGMENT_ROWS + n, id: `id-${segment}-${n}`, time: String(10 + time) })),
  );
  for (const { row, id, time } of rows) insert.run(row, id, time);
  const snapshot = { database, tables, deadline: { check: () => undefined } } as unknown as GenerationSnapshot;
  return { rows, sut: (ascending) => new SegmentFetch(snapshot, timeOrder({ ascending }, {})) };
}

function spansOf(rows: readonly Row[]) {
  return Array.from({ length: SEGMENTS }, (_, segment) => {
    const times = rows.filter(({ row }) => Math.floor(row / SEGMENT_ROWS) === segment).map(({ time }) => time).sort(); // prettier-ignore
    return { segment, low: times[0], high: times.at(-1) };
  });
}

describe(SegmentFetch.name, () => {
  it('finds what a sort of everything would, however many segments it begins with', () => {
    const times = fc.array(fc.array(fc.nat(80), { maxLength: 4 }), { minLength: SEGMENTS, maxLength: SEGMENTS });
    fc.assert(
      fc.property(times, fc.boolean(), fc.integer({ min: 1, max: 6 }), fc.nat(3), (given, ascending, limit, first) => {
        const { sut, rows } = setup(given);
        const candidates = new RowSet(SEGMENTS);
        for (const { row } of rows) candidates.add(row);
        const sorted = rows.toSorted((left, right) => (left.time + left.id < right.time + right.id ? -1 : 1));
        const expected = (ascending ? sorted : sorted.toReversed()).slice(0, limit).map(({ row }) => row);

        const order = inPageOrder(spansOf(rows), ascending);
        expect(sut(ascending).find(order, first, { candidates, residual: EVERYTHING, limit })).toEqual(expected);
      }),
    );
  });
});
