import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { trailEntry } from '../../../test/support/activity-row.js';
import { JANUARY, ReportRoom, type GivenEvent } from '../../../test/support/report-room.js';
import { RECORDABLE_ACTIONS } from '../../domain/action.js';
import type { Entry } from '../../domain/entry.js';
import { ACTOR_KINDS } from '../../domain/sourced-event.js';
import { activityGroup } from '../domain/activity-group.js';
import { collectFacts } from './collect-facts.js';

let room: ReportRoom;

beforeEach(() => {
  room = new ReportRoom();
});

afterEach(async () => {
  await room.close();
});

const event = (change: Partial<Entry> = {}): GivenEvent => ({ entry: trailEntry(change) });
const secret = (path: string, more: object = {}) => ({ uid: `vault:prod::${path}`, store: 'vault', path, ...more });
const december = '2025-12-10T10:00:00Z';

describe(collectFacts.name, () => {
  it('counts the same as adding everything up in the plainest way, however events come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { maxLength: 60 }), async (changes) => {
        const entries = changes.map((change) => trailEntry(change));
        const own = new ReportRoom();
        try {
          await own.given(...entries.map((entry) => ({ entry })));
          const made = await own.make();
          const expected = naively(entries);
          expect({
            events: made.csv('events.csv').length - 1,
            acts: sumOf(made.csv('accessors.csv'), 'events'),
            accesses: tripled(made.csv('accesses.csv')),
            secrets: tripled(made.csv('secrets.csv')),
            failures: made.csv('failed-attempts.csv').length - 1,
            changes: made.csv('changes.csv').length - 1,
            gained: pairsOf(made.csv('new-access.csv')),
            lapsed: pairsOf(made.csv('lapsed-access.csv')),
          }).toEqual(expected);
        } finally {
          await own.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('leaves out what is not of the period, what is its own, and what may still be answered', async () => {
    await room.given(
      event(),
      event({ occurredAt: '2025-12-31T23:59:59.999999999Z' }),
      event({ occurredAt: JANUARY.from }),
      event({ occurredAt: JANUARY.to }),
      event({ action: 'keytrail.queried' }),
      event({ phase: 'request', outcome: 'unknown', recordedAt: '2026-01-15T10:00:00Z' }),
      event({ phase: 'request', outcome: 'unknown', recordedAt: '2026-02-02T07:59:30Z' }),
    );

    const { counts, tieOut, own, earlierEvents } = await room.facts();

    expect(counts).toMatchObject({ events: 3, unanswered: 1 });
    expect(tieOut).toMatchObject({ entries: 5, own: 1, waiting: 1, outside: 0 });
    expect(own).toEqual([['keytrail.queried', 1]]);
    expect(earlierEvents).toBe(1);
  });

  it('keeps to its filter, but judges coverage by everything', async () => {
    await room.given(
      event(),
      event({ environment: 'staging', occurredAt: '2026-01-16T10:00:00Z' }),
      event({ environment: 'staging', occurredAt: december }),
    );
    const scope = {
      filters: [{ environment: ['production'] }],
      matching: { field: 'environment', is: 'production' },
      words: ['environment: production'],
    };

    const { counts, tieOut, sources, earlierEvents } = await room.facts({ scope });

    expect(counts.events).toBe(1);
    expect(tieOut.outside).toBe(1);
    expect(sources).toMatchObject([{ events: 2 }]);
    expect(earlierEvents).toBe(1);
  });

  it('tells of sources that were silent, those without any event included', async () => {
    await room.given(
      event({ occurredAt: '2026-01-15T00:00:00Z' }),
      event({ source: { kind: 'aws-cloudtrail', instance: '1', mapping: 1 }, occurredAt: december }),
    );

    const { sources } = await room.facts();

    expect(sources).toMatchObject([
      { kind: 'aws-cloudtrail', events: 0, silences: { total: 1 } },
      { kind: 'vault', events: 1, silences: { total: 2 } },
    ]);
  });

  it('counts a secret under one name when a record proved that it has two', async () => {
    const [uid, alias] = ['aws:1:eu:db', 'aws:1:eu:db-AbCdEf'];
    const aws = (name: string, more: object = {}) => ({ secrets: [{ uid: name, store: 'aws', path: name, ...more }] });
    await room.given(
      event(aws(uid, { alias })),
      event(aws(alias)),
      event({ ...aws(alias), actor: { kind: 'user', subject: 'sub_b' } }),
      event({ ...aws(alias), occurredAt: december }),
      event({ ...aws('other') }),
    );

    const { secrets, accesses, gained, aliases } = await room.facts();

    expect(aliases).toBe(1);
    expect(secrets.lines).toMatchObject([
      { secret: uid, accessors: 2, outcomes: { success: 3 } },
      { secret: 'other', accessors: 1 },
    ]);
    expect(accesses.lines.map((line) => [line.who.subject, line.secret])).toEqual([
      ['sub_anna', uid],
      ['sub_anna', 'other'],
      ['sub_b', uid],
    ]);
    expect(gained.lines.map((line) => [line.who.subject, line.secret])).toEqual([
      ['sub_anna', 'other'],
      ['sub_b', uid],
    ]);
  });

  it('names people as their newest record does', async () => {
    const named = (occurredAt: string, name: string): GivenEvent => ({
      ...event({ occurredAt }),
      identity: { actor: { name } },
    });
    await room.given(named('2026-01-02T00:00:00Z', 'Anna Old'), named('2026-01-03T00:00:00Z', 'Anna New'));

    const { people } = await room.facts({ named: true });

    expect(people.lines).toMatchObject([{ subject: 'sub_anna', person: { name: 'Anna New' } }]);
    expect((await room.facts()).people.lines[0]).not.toHaveProperty('person');
  });

  it('makes no report whose counts differ', async () => {
    await room.given(event(), event({ outcome: 'failure' }));
    const lying = room.trail.store.aggregate.bind(room.trail.store);
    room.trail.store.aggregate = async (aggregation) => {
      const answer = await lying(aggregation);
      if (aggregation.by[0] !== 'echo') return answer;
      return { ...answer, buckets: answer.buckets.map((bucket) => ({ ...bucket, count: bucket.count + 1 })) };
    };

    await expect(room.facts()).rejects.toMatchObject({ code: 'REPORTING.FAILED', facts: { part: 'tie_out' } });
  });
});

const anyEntry: fc.Arbitrary<Partial<Entry>> = fc
  .record({
    action: fc.constantFrom(...RECORDABLE_ACTIONS, 'secret.read', 'secret.read'),
    outcome: fc.constantFrom('success', 'success', 'failure', 'unknown'),
    reason: fc.constantFrom('denied', undefined),
    kind: fc.constantFrom(...ACTOR_KINDS),
    subject: fc.constantFrom('sub_a', 'sub_b', 'sub_c', undefined),
    paths: fc.subarray(['kv/a', 'kv/b', 'ключ', '=x', '𝒳'], { maxLength: 3 }),
    day: fc.constantFrom(
      '2025-11-30',
      '2025-12-05',
      '2025-12-31',
      '2026-01-01',
      '2026-01-17',
      '2026-01-31',
      '2026-02-01',
    ),
    echo: fc.boolean(),
    phase: fc.constantFrom('request', undefined, undefined),
    late: fc.boolean(),
  })
  .map(({ action, outcome, reason, kind, subject, paths, day, echo, phase, late }) => ({
    action,
    outcome: phase === 'request' ? ('unknown' as const) : outcome,
    ...(reason && { reason: 'denied' as const }),
    // A subject belongs to one kind of actor.
    actor:
      subject === undefined
        ? { kind }
        : { kind: subject === 'sub_a' ? ('user' as const) : ('service' as const), subject },
    secrets: paths.map((path) => secret(path)),
    occurredAt: `${day}T12:00:00Z`,
    recordedAt: late ? '2026-02-02T07:59:59.500Z' : `${day}T12:00:01Z`,
    ...(echo && action === 'key.use' && { correlation: { derivedFrom: ['arn'] } }),
    ...(phase === 'request' && { phase: 'request' as const }),
  }));

const isEcho = (entry: Entry): boolean => entry.correlation?.derivedFrom !== undefined;
const isWaiting = (entry: Entry): boolean => entry.phase === 'request' && entry.recordedAt > '2026-02-02T07:59:00';
const during = (entry: Entry, from: string, to: string): boolean =>
  (entry.occurredAt ?? '') >= from && (entry.occurredAt ?? '') < to;

function naively(entries: readonly Entry[]) {
  const shown = entries.filter((entry) => !isWaiting(entry));
  const events = shown.filter((entry) => during(entry, '2026-01-01', '2026-02-01'));
  const acts = events.filter((entry) => !isEcho(entry));
  const earlier = shown.filter((entry) => during(entry, '2025-12-01', '2026-01-01') && !isEcho(entry));
  const groupOf = (entry: Entry) => activityGroup(entry.action as Parameters<typeof activityGroup>[0]);
  const accesses = acts.filter((entry) => groupOf(entry) === 'access');
  const before = earlier.filter((entry) => groupOf(entry) === 'access');
  return {
    events: events.length,
    acts: acts.length,
    accesses: triple(accesses.flatMap((entry) => (entry.secrets?.length ? entry.secrets.map(() => entry) : [entry]))),
    secrets: triple(accesses.flatMap((entry) => (entry.secrets ?? []).map(() => entry))),
    failures: acts.filter(({ outcome }) => outcome === 'failure').length,
    changes: events.filter((entry) => ['change', 'rights'].includes(groupOf(entry))).length,
    gained: without(pairs(accesses, ['success', 'unknown']), pairs(before, ['success'])),
    lapsed: without(pairs(before, ['success']), pairs(accesses, ['success', 'unknown'])),
  };
}

function pairs(entries: readonly Entry[], outcomes: readonly string[]): readonly string[] {
  const found = entries
    .filter(({ actor, outcome }) => actor.subject !== undefined && outcomes.includes(outcome))
    .flatMap(({ actor, secrets = [] }) => secrets.map(({ uid }) => `${actor.subject ?? ''} ${uid}`));
  return [...new Set(found)].sort();
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.filter((one) => !others.includes(one));
}

function triple(entries: readonly Entry[]): readonly number[] {
  return ['success', 'failure', 'unknown'].map((wanted) => entries.filter(({ outcome }) => outcome === wanted).length);
}

type Rows = readonly (readonly string[])[];

function column([header = []]: Rows, name: string): number {
  return header.indexOf(name);
}

function sumOf(rows: Rows, name: string): number {
  return rows.slice(1).reduce((sum, row) => sum + Number(row[column(rows, name)]), 0);
}

function tripled(rows: Rows): readonly number[] {
  return ['succeeded', 'failed', 'unknown'].map((name) => sumOf(rows, name));
}

function pairsOf(rows: Rows): readonly string[] {
  const [subject, uid] = [column(rows, 'actor_subject'), column(rows, 'secret')];
  return rows
    .slice(1)
    .map((row) => `${row[subject] ?? ''} ${row[uid] ?? ''}`)
    .sort();
}
