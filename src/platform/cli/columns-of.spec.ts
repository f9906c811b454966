import { expect, it } from '@jest/globals';
import { columnsOf } from './columns-of.js';

it.each([
  [{ columns: 120 }, 120],
  [{ columns: 0 }, 80],
  [{}, 80],
])('takes a terminal without a size for a usual one: %j', (stream, expected) => {
  expect(columnsOf(stream)).toBe(expected);
});
