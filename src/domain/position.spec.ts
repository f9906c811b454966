import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventsBetween, formatLogPoint, includes, parseLogPoint } from './position.js';

describe('log points', () => {
  it('are read back from their text', () => {
    const offsets = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(), offsets, (epoch, next) => {
        expect(parseLogPoint(formatLogPoint({ epoch, next }))).toEqual({ epoch, next });
      }),
    );
  });

  it.each(['', '1', '1:', '1:1=4', '1:0=4,2=1', '1:0=-1', '1:0=4 ', 'x:0=4', '1:0=4,'])('%p is none', (text) => {
    expect(parseLogPoint(text)).toBeUndefined();
  });

  it('include what lies before them in their own epoch only', () => {
    const point = { epoch: 2, next: [5, 0] };

    expect(includes(point, { epoch: 2, partition: 0, offset: 4 })).toBe(true);
    expect(includes(point, { epoch: 2, partition: 0, offset: 5 })).toBe(false);
    expect(includes(point, { epoch: 2, partition: 1, offset: 0 })).toBe(false);
    expect(includes(point, { epoch: 1, partition: 0, offset: 0 })).toBe(false);
    expect(includes(point, { epoch: 2, partition: 7, offset: 0 })).toBe(false);
  });

  it('count the events between them', () => {
    expect(eventsBetween({ epoch: 1, next: [3] }, { epoch: 1, next: [5, 4] })).toBe(6);
    expect(eventsBetween({ epoch: 1, next: [9] }, { epoch: 1, next: [5] })).toBe(0);
  });
});
