import { describe, expect, it } from '@jest/globals';
import { inPageOrder, pageStart } from './segment-order.js';

const oneEach = (): number => 1;
const numbers = (order: ReturnType<typeof inPageOrder>): number[] => order.map(({ segment }) => segment);

describe(inPageOrder.name, () => {
  const spans = [{ segment: 0, low: '10', high: '20' }, { segment: 1, low: '05', high: '30' }, { segment: 2 }]; // prettier-ignore

  it('begins with what nothing is known of, then with what reaches farthest to the page', () => {
    expect(numbers(inPageOrder(spans, false))).toEqual([2, 1, 0]);
    expect(numbers(inPageOrder(spans, true))).toEqual([2, 1, 0]);
    expect(inPageOrder(spans, true)[1]).toEqual({ segment: 1, begins: '05', ends: '30' });
    expect(inPageOrder(spans, false)[1]).toEqual({ segment: 1, begins: '30', ends: '05' });
  });
});

describe(pageStart.name, () => {
  const inOrder = inPageOrder([{ segment: 0, low: '10', high: '19' }, { segment: 1, low: '20', high: '29' }, { segment: 2, low: '30', high: '39' }], false); // prettier-ignore

  it('is as many segments as hold a page', () => {
    expect(pageStart(inOrder, oneEach, { limit: 1, ascending: false })).toEqual({ segments: 1, candidates: 1 });
    expect(pageStart(inOrder, oneEach, { limit: 2, ascending: false })).toEqual({ segments: 2, candidates: 2 });
    expect(pageStart(inOrder, oneEach, { limit: 9, ascending: false })).toEqual({ segments: 3, candidates: 3 });
  });

  it('takes the segments in as well that lie between theirs', () => {
    const overlapping = inPageOrder([{ segment: 0, low: '10', high: '29' }, { segment: 1, low: '05', high: '28' }, { segment: 2, low: '01', high: '09' }], false); // prettier-ignore

    expect(pageStart(overlapping, oneEach, { limit: 1, ascending: false })).toEqual({ segments: 2, candidates: 2 });
    expect(pageStart(overlapping, oneEach, { limit: 2, ascending: false })).toEqual({ segments: 3, candidates: 3 });
  });
});
