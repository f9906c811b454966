import fc from 'fast-check';
import type { Entry } from '../../src/domain/entry.js';
import { eventId } from '../../src/domain/event-id.js';
import { aSecret, anEntry, anExchangeEntry } from './an-event.js';

export const SUBJECTS = ['sub_aaaaaaaaaaaaaaaaaaaa', 'sub_bbbbbbbbbbbbbbbbbbbb'] as const;
export const ALIAS = 'vault:prod::kv/b-Qw3rTy';
/** Of what is itself called as another secret's alias, and of what stands for itself. */
const ALIAS_OF_ALIAS = 'vault:prod::kv/b-Qw3rTy-zXcVbN';
const OTHER_ALIAS = 'vault:prod::kv/other';
/** The clock of the history: some of its requests were recorded less than a minute before. */
export const NOW = '2026-11-22T12:00:00.000Z';

type Changes = Omit<Partial<Entry>, 'source'>;

const secrets = fc.constantFrom<Changes['secrets']>(
  undefined,
  [aSecret('kv/a')],
  [aSecret('kv/b')],
  [{ ...aSecret('kv/b'), alias: ALIAS }],
  [{ uid: ALIAS, store: 'vault', path: 'kv/b-Qw3rTy' }],
  [{ uid: ALIAS, store: 'vault', path: 'kv/b-Qw3rTy', alias: ALIAS_OF_ALIAS }],
  [{ uid: ALIAS_OF_ALIAS, store: 'vault', path: 'kv/b-Qw3rTy-zXcVbN' }],
  [{ ...aSecret('kv/a'), alias: OTHER_ALIAS }],
  [{ uid: OTHER_ALIAS, store: 'vault', path: 'kv/other' }, aSecret('kv/b')],
  [aSecret('kv/b'), { uid: ALIAS, store: 'vault', path: 'kv/b-Qw3rTy' }, aSecret('kv/a')],
  [aSecret('kv/a'), aSecret('kv/b')],
);
const actors = fc.constantFrom<NonNullable<Changes['actor']>>(
  { kind: 'user', subject: SUBJECTS[0] },
  { kind: 'service', subject: SUBJECTS[1] },
  { kind: 'unknown' },
);
const outcomes = fc.constantFrom<Pick<Changes, 'outcome' | 'reason'>>(
  { outcome: 'success' },
  { outcome: 'success' },
  { outcome: 'failure', reason: 'denied' },
  { outcome: 'failure' },
  { outcome: 'unknown' },
);
/** Few, so that many events share one. */
const times = fc.constantFrom<Pick<Changes, 'occurredAt' | 'flags'>>(
  { occurredAt: '2026-11-18T23:59:59.999Z' },
  { occurredAt: '2026-11-19T00:00:00Z' },
  { occurredAt: '2026-11-20T10:00:00.5Z' },
  { occurredAt: '2026-11-20T10:00:00.5Z' },
  { occurredAt: '2026-11-23T08:00:00Z', flags: ['time_future'] },
  { occurredAt: '2026-11-17T08:00:00Z', flags: ['time_before_2000'] },
  { flags: ['time_missing'] },
);
const recorded = fc.constantFrom('2026-11-20T10:00:01Z', '2026-11-22T11:50:00Z', '2026-11-22T11:59:30Z');
const actions = fc.constantFrom(
  'secret.read',
  'secret.update',
  'secret.rotate',
  'secret.list',
  'auth.login',
  'secret.issue',
);

const changes: fc.Arbitrary<Changes> = fc
  .tuple(secrets, actors, outcomes, times, recorded, actions)
  .map(([named, actor, outcome, time, recordedAt, action]) => {
    const { id: _id, source: _source, secrets: _secrets, occurredAt: _occurredAt, ...rest } = anEntry();
    return { ...rest, ...outcome, ...time, actor, recordedAt, action, ...(named && { secrets: named }) };
  });

/** Makes the entries of one story, each with a number of its own; they come in this order, others between them. */
type Story = (number: number) => readonly Entry[];

const entryOf = ({ ...given }: Changes, source: Partial<Entry['source']>): Entry => {
  const made = { v: 1, ...given, source: { kind: 'vault', instance: 'prod', mapping: 1, ...source } } as Entry;
  const { kind, instance, nativeId = '' } = made.source;
  return { ...made, id: eventId({ tenant: 'default', kind, instance, key: nativeId, n: 0 }) };
};

const correctionOf = (entry: Entry, given: Changes, mapping = 2): Entry => ({
  ...entryOf(given, { ...entry.source, mapping, nativeId: `${entry.id} corrected ${mapping}` }),
  ...(entry.phase && { phase: entry.phase }),
  source: { ...entry.source, mapping },
  correlation: { supersedes: entry.id },
});

const single = fc.tuple(changes, fc.array(changes, { maxLength: 2 })).map(([given, corrected]): Story => (number) => {
  const entry = entryOf(given, { nativeId: `event ${number}` });
  return [entry, ...corrected.map((correction, at) => correctionOf(entry, correction, at + 2))];
});

/** Of one record with two events a later mapping finds one, and a still later one may find both again. */
const withdrawn = fc.tuple(changes, changes, fc.boolean()).map(([one, other, again]): Story => (number) => {
  const [first, surplus] = [
    entryOf(one, { nativeId: `kept ${number}` }),
    entryOf(other, { nativeId: `lost ${number}` }),
  ];
  const { secrets: _secrets, reason: _reason, ...rest } = other;
  const gone = correctionOf(surplus, { ...rest, action: 'trail.event_withdrawn', outcome: 'success' });
  return [first, surplus, gone, ...(again ? [correctionOf(surplus, other, 3)] : [])];
});

/** One id, used for two events of days far apart; the first may be corrected. */
const double = fc.tuple(changes, changes, fc.boolean()).map(([one, other, corrected]): Story => (number) => {
  const source = { nativeId: `double ${number}` };
  const first = entryOf({ ...one, occurredAt: '2026-11-20T10:00:00Z' }, source);
  const second = entryOf({ ...other, occurredAt: '2026-11-22T10:00:00Z' }, source);
  return [first, ...(corrected ? [correctionOf(first, one)] : []), second];
});

const exchange = fc
  .tuple(changes, fc.constantFrom('request', 'response', 'both', 'late', 'corrected'))
  .map(([given, told]): Story => (number) => {
    const { id: _id, ...rest } = given;
    const request = { ...anExchangeEntry(`exchange ${number}`, 'request'), ...rest, outcome: 'unknown' } as Entry;
    const response = { ...anExchangeEntry(`exchange ${number}`, 'response'), ...rest };
    if (told === 'request') return [withoutReason(request)];
    if (told === 'response') return [response];
    if (told === 'late') return [response, withoutReason(request)];
    const both = [withoutReason(request), response];
    return told === 'both' ? both : [...both, correctionOf(response, rest)];
  });

function withoutReason({ reason: _reason, ...request }: Entry): Entry {
  return request;
}

const echo = fc.tuple(changes, outcomes).map(([given, outcome]): Story => (number) => {
  const { reason: _reason, ...rest } = given;
  const cause = entryOf(given, { nativeId: `cause ${number}` });
  const of = { ...rest, ...outcome, action: 'key.use', correlation: { derivedFrom: ['kv/a'] } };
  return [cause, entryOf(of, { kind: 'aws-cloudtrail', instance: '1', nativeId: `echo ${number}` })];
});

/** What a delivery told of itself, and what somebody closed of it; a letter may come again. */
const delivery = fc
  .tuple(recorded, fc.constantFrom(0, 1, 2), fc.boolean())
  .map(([recordedAt, letters, closes]): Story => (number) => {
    const ids = Array.from({ length: letters }, (_, at) => `letter ${number % 3} ${at}`);
    const letter = (id: string) => ({ id, reason: 'not_json', length: 3, hmac: 'ab', at: { line: 1 } });
    const counts = {
      read: 5,
      recorded: 5 - letters,
      conflicts: 0,
      ignored: 0,
      rejected: letters > 0 ? { not_json: letters } : {},
    };
    const base = { tenant: 'default', environment: 'default', outcome: 'success', recordedAt, digests: [] } as const;
    const actor = { kind: 'service', subject: SUBJECTS[1] } as const;
    const told = {
      ...base,
      actor,
      action: 'trail.ingested',
      details: { ...counts, deadLetters: ids.map(letter) },
    } as Changes;
    const closed = { ...base, actor, action: 'keytrail.dead_letters_closed', details: { ids } } as Changes;
    const own = { kind: 'keytrail', instance: 'default', nativeId: `closed ${number}` };
    return [
      entryOf(told, { nativeId: `delivery ${number}` }),
      ...(closes && letters > 0 ? [entryOf(closed, own)] : []),
    ];
  });

/** A log of mixed stories, told in any order between each other. */
export const history: fc.Arbitrary<readonly Entry[]> = fc
  .array(
    fc.tuple(
      fc.oneof(single, single, exchange, echo, delivery, withdrawn, double),
      fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 }),
    ),
    {
      maxLength: 40,
    },
  )
  .map((stories) =>
    stories
      .flatMap(([story, moments], number) => {
        const sorted = moments.toSorted((one, other) => one - other);
        return story(number).map((entry, at) => ({ entry, moment: sorted[at] ?? 0 }));
      })
      .sort((one, other) => one.moment - other.moment)
      .map(({ entry }) => entry),
  );
