import { describe, expect, it } from '@jest/globals';
import { Outage } from './outage.js';

const START = Date.parse('2026-11-22T12:00:00Z');
const at = (seconds: number) => START + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

describe(Outage.name, () => {
  it('has nothing to tell when nothing was refused', () => {
    expect(new Outage().due(at(0))).toEqual([]);
  });

  it('tells from when to when, and how much was refused, until it is told', () => {
    const sut = new Outage();
    sut.refused(at(0), 'storage');
    sut.refused(at(5), 'storage');
    const details = sut.due(at(9));

    expect(details).toEqual([{ from: iso(0), to: iso(9), refused: 2, cause: 'storage' }]);
    expect(sut.due(at(10))).toEqual([{ from: iso(0), to: iso(10), refused: 2, cause: 'storage' }]);
    sut.told(details, at(9));
    expect(sut.due(at(11))).toEqual([]);
  });

  it('keeps what was refused while it was being told', () => {
    const sut = new Outage();
    sut.refused(at(0), 'storage');
    const details = sut.due(at(1));
    sut.refused(at(1), 'storage');
    sut.told(details, at(2));

    expect(sut.due(at(3))).toEqual([{ from: iso(2), to: iso(3), refused: 1, cause: 'storage' }]);
  });

  it('tells of a crowd now and then, of a failed log at once', () => {
    const sut = new Outage();
    const tell = (seconds: number) => {
      const details = sut.due(at(seconds));
      sut.told(details, at(seconds));
      return details[0]?.refused;
    };
    sut.refused(at(0), 'bound');
    expect(tell(1)).toBe(1);
    sut.refused(at(2), 'bound');
    expect([tell(3), tell(12)]).toEqual([undefined, 1]);
    sut.refused(at(13), 'storage');
    expect(tell(14)).toBe(1);
  });

  it('tells once that the service did not run, whatever else there is to tell', () => {
    const sut = new Outage();
    sut.wasDown(at(0));
    sut.refused(at(60), 'bound');
    const details = sut.due(at(61));

    expect(details).toEqual([
      { from: iso(0), to: iso(61), refused: 0, cause: 'down' },
      { from: iso(60), to: iso(61), refused: 1, cause: 'bound' },
    ]);
    sut.told(details, at(61));
    expect(sut.due(at(100))).toEqual([]);
  });
});
