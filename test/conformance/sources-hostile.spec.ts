import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRecordableAction } from '../../src/domain/action.js';
import { ACTOR_KINDS, type SourcedEvent } from '../../src/domain/sourced-event.js';
import { OUTCOMES, REASONS } from '../../src/domain/outcome.js';
import { parseTimestamp } from '../../src/domain/timestamp.js';
import { REJECTION_REASONS, type Source } from '../../src/sources/source.port.js';
import { buildSources } from '../../src/sources/sources.registry.js';
import { kms, secretsManager, service, ssm } from '../support/cloudtrail-records.js';
import { answered, entry, PERSON_AUTH, request } from '../support/vault-entries.js';

const sources = [...buildSources().values()];

const TEMPLATES: readonly unknown[] = [
  secretsManager('GetSecretValue', { requestParameters: { secretId: 'a' }, responseElements: { arn: 'arn:aws:x' } }),
  secretsManager('BatchGetSecretValue', { requestParameters: { secretIdList: ['a', 'b'] } }),
  service('RotationSucceeded', { additionalEventData: { SecretId: 'a' } }),
  ssm('GetParameters', {
    requestParameters: { names: ['/a', '/b:3'] },
    resources: [{ ARN: 'arn:aws:ssm:e:1:parameter/a' }],
  }),
  kms('Decrypt', { requestParameters: { encryptionContext: { SecretARN: 'arn:aws:secretsmanager:e:1:secret:a' } } }),
  answered('read', 'secret/data/a', 'secret/ kv', { data: { data: { k: 'x' }, metadata: { version: 1 } } }),
  answered('update', 'auth/userpass/login/maren', 'auth/userpass/ userpass', { auth: PERSON_AUTH }),
  answered('list', 'secret/metadata/', 'secret/ kv', { data: { keys: ['a'] } }),
  entry('request', request('update', 'sys/leases/revoke/database/creds/a/1')),
  { type: 'kmip-response', request: { data: { kmip_request: { value: [{ tag: 'BatchItem', value: [] }] } } } },
  { timestamp: '2024-01-15T10:30:00Z', event_type: 'secret_access', user_id: 'u', secret_name: 's', success: true },
  { action: 'secret.read', outcome: 'success', actor: { kind: 'user', id: 'u' }, secrets: [{ store: 's', path: 'p' }] },
];

const hostileKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'data', 'path', 'type', 'value', ''),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(
    '/',
    '//',
    'a/../b',
    'arn:',
    'arn:aws:::::',
    '{person}',
    '\u202E',
    '=cmd()',
    '[',
    '{"a":',
    '-0',
    '1e999',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.dictionary(hostileKey, fc.jsonValue({ maxDepth: 2 })),
);

/** A template in which some values, at any depth, are put in place of others, removed, or joined by further keys. */
const mutated = fc
  .record({
    template: fc.constantFrom(...TEMPLATES),
    edits: fc.array(fc.tuple(fc.nat(), hostileKey, hostileValue, fc.constantFrom('replace', 'remove', 'add')), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .map(({ template, edits }) => {
    const copy = JSON.parse(JSON.stringify(template)) as Record<string, unknown>;
    for (const [pick, key, value, edit] of edits) {
      const [holder, name] = placeIn(copy, pick);
      if (edit === 'add' && Array.isArray(holder)) holder.push(value);
      else if (edit === 'remove') Reflect.deleteProperty(holder, name);
      else
        Object.defineProperty(holder, edit === 'add' ? key : name, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
    }
    return JSON.parse(JSON.stringify(copy)) as unknown;
  });

const WRONG_VALUES: readonly unknown[] = [
  ...[null, true, 7, -1, 1e300, '', ' ', '/', 'arn:', 'arn:aws:a:b:c:d', '\u202E', '[', 'x'.repeat(5_000)],
  ...[[], [[]], [null], [7], ['a'], {}, { a: {} }, { tag: 7 }, { value: [] }, { __proto__: null }],
];

function placeIn(root: Record<string, unknown>, pick: number): [Record<string, unknown>, string] {
  const places = placesIn(root);
  return places[pick % Math.max(1, places.length)] ?? [root, 'x'];
}

function placesIn(root: Record<string, unknown>): [Record<string, unknown>, string][] {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (holder: Record<string, unknown>): void => {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof value === 'object' && value !== null) walk(value as Record<string, unknown>);
    }
  };
  walk(root);
  return places;
}

function faultsOf(source: Source, event: SourcedEvent): readonly string[] {
  const { people, actor, secrets } = event;
  const indexes = [
    actor.person,
    actor.onBehalfOf,
    ...secrets.flatMap(({ path, alias = [] }) =>
      [...path, ...alias].map((piece) => (typeof piece === 'string' ? undefined : piece.person)),
    ),
  ];
  const checks: readonly (readonly [string, boolean])[] = [
    ['action', isRecordableAction(event.action)],
    ['outcome', OUTCOMES.includes(event.outcome)],
    ['reason', event.reason === undefined || (REASONS.includes(event.reason) && event.outcome === 'failure')],
    ['actor kind', ACTOR_KINDS.includes(actor.kind)],
    ['people', indexes.every((index) => index === undefined || people[index] !== undefined)],
    ['native ids', people.every(({ nativeId }) => typeof nativeId === 'string' && nativeId !== '')],
    ['paths', secrets.every(({ path, scope }) => typeof scope === 'string' && path.length > 0)],
    ['phase', event.phase === undefined || event.nativeId !== undefined],
    ['a request has no end', event.phase !== 'request' || event.outcome === 'unknown'],
    ['counts', event.redactions.every(({ count }) => Number.isSafeInteger(count) && count > 0)],
    ['undefined', source.kind === 'keytrail' || JSON.stringify(event) === JSON.stringify(structuredClone(event))],
    ['time', event.occurredAt === undefined || source.kind === 'keytrail' || /^[\dT:.Z+-]+$/.test(event.occurredAt)],
  ];
  return checks.filter(([, holds]) => !holds).map(([name]) => name);
}

describe.each(sources.map((source) => [source.kind, source] as const))('%s, given hostile records', (_, source) => {
  it('answers each with well-formed events or a known reason, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, hostileValue), (value) => {
        for (const record of source.unwrap(value)) {
          const understood = source.understand(record);
          if (understood.kind === 'rejected') expect(REJECTION_REASONS).toContain(understood.reason);
          else if (understood.kind === 'ignored') expect(understood.reason).toMatch(/^[a-z_]+$/);
          else expect(understood.events.flatMap((event) => faultsOf(source, event))).toEqual([]);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('answers each template with each wrong value in each of its places', () => {
    for (const template of TEMPLATES) {
      const text = JSON.stringify(template);
      for (let place = 0; place < placesIn(JSON.parse(text) as Record<string, unknown>).length; place += 1) {
        for (const value of WRONG_VALUES) {
          const record = JSON.parse(text) as Record<string, unknown>;
          const [holder, name] = placeIn(record, place);
          holder[name] = value;
          const understood = source.understand(record);
          const events = understood.kind === 'events' ? understood.events : [];
          expect(events.flatMap((event) => faultsOf(source, event))).toEqual([]);
        }
      }
    }
  });

  it('gives the same answer every time, and leaves the record as it is', () => {
    fc.assert(
      fc.property(mutated, (record) => {
        const before = JSON.stringify(record);
        const first = JSON.stringify(source.understand(record));
        expect(JSON.stringify(source.understand(record))).toBe(first);
        expect(JSON.stringify(record)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe('times', () => {
  it('are kept only where they can be read', () => {
    const event = (eventTime: unknown): unknown => {
      const result = sources
        .find(({ kind }) => kind === 'aws-cloudtrail')
        ?.understand(secretsManager('GetSecretValue', { eventTime }));
      return result?.kind === 'events' ? result.events[0]?.occurredAt : result;
    };
    expect(event('2024-10-17 21:48:45.000000000')).toBe('2024-10-17T21:48:45.000000000Z');
    expect(parseTimestamp('2024-10-17T21:48:45.000000000Z')).toBeDefined();
    expect([event('now'), event(7), event(null), event('2024-10-17T21:48:45Z; rm')]).toEqual(Array(4).fill(undefined));
  });
});
