import { describe, expect, it } from '@jest/globals';
import { anEntry, anOpenedEvent } from '../../../test/support/an-event.js';
import type { IngestedDetails } from '../../domain/details.js';
import type { Entry } from '../../domain/entry.js';
import type { SourceDay } from '../source-coverage.view.js';
import { sourceCoverageProjection } from './source-coverage.projection.js';

/** The documents that the entries fold into, by key. */
function given(...entries: readonly Entry[]): ReadonlyMap<string, SourceDay> {
  const documents = new Map<string, SourceDay>();
  for (const [offset, entry] of entries.entries()) {
    const event = anOpenedEvent(offset, entry);
    for (const key of sourceCoverageProjection.keys(event)) {
      documents.set(key, sourceCoverageProjection.evolve(documents.get(key), event, key));
    }
  }
  return documents;
}

const ingested = (details: Partial<IngestedDetails>, more: Partial<Entry> = {}): Entry =>
  anEntry({
    action: 'trail.ingested',
    details: { read: 0, recorded: 0, conflicts: 0, ignored: 0, rejected: {}, deadLetters: [], ...details },
    ...more,
  });

describe('sourceCoverageProjection', () => {
  it('keeps first and last event of a source and day, whatever the order they arrive in', () => {
    const documents = given(
      anEntry({ occurredAt: '2026-11-22T10:00:00Z' }),
      anEntry({ occurredAt: '2026-11-22T08:00:00Z', recordedAt: '2026-11-23T00:00:00Z' }),
      anEntry({ occurredAt: '2026-11-22T12:00:00Z' }),
      anEntry({ occurredAt: '2026-11-21T12:00:00Z' }),
    );

    expect([...documents.keys()]).toEqual(['["vault","prod","2026-11-22"]', '["vault","prod","2026-11-21"]']);
    expect(documents.get('["vault","prod","2026-11-22"]')).toMatchObject({
      kind: 'vault',
      instance: 'prod',
      day: '2026-11-22',
      events: 3,
      first: '20261122080000000000000',
      last: '20261122120000000000000',
      lastRecorded: '20261123000000000000000',
    });
  });

  it('keeps instances of one kind apart', () => {
    const documents = given(anEntry(), anEntry({ source: { instance: 'test' } }));
    expect(documents.size).toBe(2);
  });

  it.each(['time_missing', 'time_future', 'time_before_2000'])(
    'does not let a time flagged %s move a bound',
    (flag) => {
      const documents = given(anEntry({ occurredAt: '2099-01-01T00:00:00Z', flags: [flag] }));

      expect([...documents.values()]).toMatchObject([{ day: '2026-11-22', events: 1, unsureTimes: 1 }]);
      expect([...documents.values()][0]).not.toHaveProperty('last');
    },
  );

  it('adds up what ingestion counted', () => {
    const documents = given(
      ingested({ read: 5, recorded: 3, duplicates: 1, rejected: { not_json: 1 } }),
      ingested({
        read: 4,
        recorded: 1,
        duplicates: 0,
        ignored: 1,
        conflicts: 1,
        rejected: { not_json: 1, too_deep: 1 },
      }),
    );

    expect([...documents.values()]).toMatchObject([
      {
        events: 0,
        delivered: {
          commits: 2,
          read: 9,
          recorded: 4,
          duplicates: 1,
          ignored: 1,
          conflicts: 1,
          rejected: { not_json: 2, too_deep: 1 },
        },
      },
    ]);
  });

  it('does not say 0 duplicates where the log could not tell', () => {
    const [day] = given(ingested({ read: 1, recorded: 1 })).values();
    expect(day?.delivered).not.toHaveProperty('duplicates');
  });

  it('counts a continued report once', () => {
    const [day] = given(ingested({ read: 3 }, { part: [1, 2] }), ingested({ read: 3 }, { part: [2, 2] })).values();
    expect(day?.delivered).toMatchObject({ commits: 1, read: 3 });
  });

  it("leaves Keytrail's own acts out", () => {
    expect(given(anEntry({ action: 'keytrail.queried' }), anEntry({ action: 'trail.refused' })).size).toBe(0);
  });
});
