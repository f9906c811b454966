import { describe, expect, it } from '@jest/globals';
import { Outage } from './outage.js';

const START = Date.parse('2026-11-22T12:00:00Z');
const at = (seconds: number) => START + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

describe(Outage.name, () => {
  it('has nothing to tell when nothing was refused', () => {
    expect(new Outage().due(at(0))).toBeUndefined();
  });

  it('tells from when to when, and how much was refused, until it is told', () => {
    const sut = new Outage();
    sut.refused(at(0), true);
    sut.refused(at(5), true);
    const details = sut.due(at(9));

    expect(details).toEqual({ from: iso(0), to: iso(9), refused: 2 });
    expect(sut.due(at(10))).toEqual({ from: iso(0), to: iso(10), refused: 2 });
    if (details) sut.told(details, at(9));
    expect(sut.due(at(11))).toBeUndefined();
  });

  it('keeps what was refused while it was being told', () => {
    const sut = new Outage();
    sut.refused(at(0), true);
    const details = sut.due(at(1));
    sut.refused(at(1), true);
    if (details) sut.told(details, at(2));

    expect(sut.due(at(3))).toEqual({ from: iso(2), to: iso(3), refused: 1 });
  });

  it('tells of a crowd now and then, of a failed log at once', () => {
    const sut = new Outage();
    const tell = (seconds: number) => {
      const details = sut.due(at(seconds));
      if (details) sut.told(details, at(seconds));
      return details?.refused;
    };
    sut.refused(at(0), false);
    expect(tell(1)).toBe(1);
    sut.refused(at(2), false);
    expect([tell(3), tell(12)]).toEqual([undefined, 1]);
    sut.refused(at(13), true);
    expect(tell(14)).toBe(1);
  });
});
