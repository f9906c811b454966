import { describe, expect, it } from '@jest/globals';
import { trailEntry } from '../../../test/support/activity-row.js';
import type { JsonObject } from '../../domain/canonical-json.js';
import { IntakeTally, rejectedRecords } from './intake-tally.js';

const DELIVERY = {
  read: 10,
  recorded: 6,
  duplicates: 1,
  conflicts: 1,
  ignored: 1,
  rejected: { not_json: 1 },
  deadLetters: [],
};

function tally(
  ...events: readonly (readonly [action: string, details: JsonObject, part?: readonly [number, number]])[]
) {
  const sut = new IntakeTally();
  for (const [action, details, part] of events) sut.add(trailEntry({ action, details, ...(part && { part }) }));
  return sut.intake();
}

describe(IntakeTally.name, () => {
  it('adds up what was delivered for a source', () => {
    const { sources } = tally(
      ['trail.ingested', DELIVERY],
      ['trail.ingested', { ...DELIVERY, rejected: { not_json: 2, too_deep: 1 }, wouldSupersede: 4 }],
    );

    expect(sources).toMatchObject([
      {
        kind: 'vault',
        deliveries: 2,
        read: 20,
        recorded: 12,
        duplicates: 2,
        conflicts: 2,
        ignored: 2,
        wouldSupersede: 4,
      },
    ]);
    expect(sources[0] && rejectedRecords(sources[0])).toBe(4);
  });

  it('does not know the duplicates where one delivery does not', () => {
    const { duplicates: _, ...unknowing } = DELIVERY;

    expect(tally(['trail.ingested', DELIVERY], ['trail.ingested', unknowing]).sources[0]?.duplicates).toBeUndefined();
  });

  it('counts a delivery once that is continued for its dead letters', () => {
    const { sources } = tally(['trail.ingested', DELIVERY, [1, 2]], ['trail.ingested', DELIVERY, [2, 2]]);

    expect(sources).toMatchObject([{ deliveries: 1, read: 10 }]);
  });

  it('tells of interruptions, refusals and conflicts', () => {
    const intake = tally(
      ['trail.interrupted', { from: 'a', to: 'b', refused: 3 }],
      ['trail.refused', { code: 'ACCESS.DENIED', count: 2, minute: 'm' }],
      ['trail.refused', { code: 'ACCESS.DENIED', count: 5, minute: 'n' }],
      ['trail.identity_conflict', {}],
      ['trail.something_later', {}],
    );

    expect(intake.interruptions).toEqual({ listed: [{ from: 'a', to: 'b', refused: 3 }], total: 1 });
    expect(Object.fromEntries(intake.refusals)).toEqual({ 'ACCESS.DENIED': 7 });
    expect(intake.conflicts).toBe(1);
  });
});
