import { describe, expect, it } from '@jest/globals';
import { SourceTally } from './source-activity.js';
import { activityRow } from '../../../test/support/activity-row.js';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`2026-01-${text}:00.000Z`);
const SPAN = { from: at('01T00:00'), to: at('05T00:00'), silence: 24 * HOUR };
const VAULT = { kind: 'vault', instance: 'prod' };

function tally(times: readonly string[], known = [VAULT]) {
  const sut = new SourceTally(SPAN, known);
  for (const time of times) sut.add(activityRow({ occurredAt: `2026-01-${time}:00Z` }));
  return sut.activity();
}

describe(SourceTally.name, () => {
  it('tells that a known source was silent all through', () => {
    const [source] = tally([]);

    expect(source).toMatchObject({
      ...VAULT,
      events: 0,
      silences: { total: 1, longest: [{ from: SPAN.from, to: SPAN.to }] },
    });
    expect(source?.first).toBeUndefined();
  });

  it('finds silences at the start, between events and at the end, longest first', () => {
    const [source] = tally(['02T06:00', '02T07:00', '03T07:00']);

    expect(source?.silences).toEqual({
      total: 3,
      longest: [
        { from: at('03T07:00'), to: SPAN.to },
        { from: SPAN.from, to: at('02T06:00') },
        { from: at('02T07:00'), to: at('03T07:00') },
      ],
    });
  });

  it('finds none where a source was heard often enough', () => {
    const [source] = tally(['01T23:00', '02T22:00', '03T21:00', '04T20:00']);

    expect(source).toMatchObject({ events: 4, silences: { total: 0, longest: [] } });
  });

  it('hides no silence behind times that were in the future when they were recorded', () => {
    const sut = new SourceTally(SPAN, [VAULT]);
    sut.add(activityRow({ occurredAt: '2026-01-01T12:00:00Z' }));
    for (const day of ['02', '03', '04']) {
      sut.add(activityRow({ occurredAt: `2026-01-${day}T12:00:00Z`, flags: ['time_future'] }));
    }

    expect(sut.activity()).toMatchObject([
      { events: 4, silences: { total: 1, longest: [{ from: at('01T12:00'), to: SPAN.to }] } },
    ]);
  });

  it('keeps instances apart', () => {
    const sut = new SourceTally(SPAN, []);
    sut.add(
      activityRow({ source: { kind: 'vault', instance: 'b', mapping: 1 }, outcome: 'unknown', phase: 'request' }),
    );
    sut.add(activityRow({ source: { kind: 'vault', instance: 'a', mapping: 1 } }));

    expect(sut.activity()).toMatchObject([
      { instance: 'a', outcomes: { success: 1 }, unanswered: 0 },
      { instance: 'b', outcomes: { unknown: 1 }, unanswered: 1 },
    ]);
  });
});
