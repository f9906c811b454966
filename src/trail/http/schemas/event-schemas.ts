import { OUTCOMES, REASONS } from '../../../domain/outcome.js';
import { ACTOR_KINDS } from '../../../domain/sourced-event.js';
import { anyObject, count, flag, list, mapOf, object, oneOf, orNull, text, time, type Schema } from './schema.js';

/** What every answer about the trail tells of itself. */
export const ANSWER = {
  asOf: text('The log point it reflects: `epoch:partition=next offset,...`'),
  lag: object({ events: count, seconds: { type: 'number', minimum: 0 } }),
} as const;

export const NEXT = { next: text('The cursor of the next page; absent on the last') } as const;

export const POSITION = object({ epoch: count, partition: count, offset: count });

export const PERSON = object({}, { nativeId: text(), name: text(), email: text() });

const IDENTITY = object(
  {},
  {
    actor: PERSON,
    onBehalfOf: PERSON,
    people: mapOf(PERSON),
    credentialId: text(),
    sessionName: text(),
    address: text(),
    userAgent: text(),
    text: text(),
    filter: text(),
    files: text(),
    nativeSha256: text(),
    withheld: { ...count, description: 'Parts that can not be opened: erased or expired' },
  },
);

const SECRET = object(
  { uid: text(), store: text(), path: text() },
  {
    alias: text(),
    version: text(),
    previousVersion: text(),
    scope: oneOf(['item', 'collection']),
    valueReturned: flag,
  },
);

const ACTOR = object(
  { kind: oneOf(ACTOR_KINDS) },
  {
    subject: text(),
    onBehalfOf: text(),
    roles: list(text()),
    authentication: object({}, { method: text(), assurance: text() }),
  },
);

const SOURCE = object({ kind: text(), instance: text(), mapping: count }, { nativeId: text(), nativeAction: text() });

const CORRELATION = object(
  {},
  {
    requestId: text(),
    sessionId: text(),
    traceId: text(),
    changeId: text(),
    supersedes: text(),
    derivedFrom: list(text()),
  },
);

export const EVENT: Schema = object(
  {
    v: { const: 1 },
    id: { type: 'string', format: 'uuid' },
    tenant: text(),
    environment: text(),
    action: text(),
    outcome: oneOf(OUTCOMES),
    recordedAt: time,
    source: SOURCE,
    actor: ACTOR,
    digests: list(text()),
    position: POSITION,
  },
  {
    phase: oneOf(['request', 'response']),
    reason: oneOf(REASONS),
    occurredAt: text('RFC 3339, with the digits of the source'),
    secrets: list(SECRET),
    purpose: text(),
    origin: oneOf(['manual', 'automatic']),
    correlation: CORRELATION,
    details: anyObject,
    redactions: list(object({ path: text(), count })),
    flags: list(text()),
    part: { type: 'array', items: count, minItems: 2, maxItems: 2 },
    identity: IDENTITY,
  },
);

export const EVENTS = object({ events: list(EVENT), ...ANSWER }, NEXT);
export const EVENT_ANSWER = object(
  { event: EVENT, ...ANSWER },
  {
    asked: object({ id: text(), became: oneOf(['answered', 'superseded', 'withdrawn']), by: text() }),
    doubles: list(
      EVENT,
      'Events on the log under the same id that are not shown: another one came before. The first of them',
    ),
  },
);

const COUNT_GROUP = object(
  { key: mapOf(orNull(text())), events: count, first: time, last: time },
  { identity: PERSON },
);

export const COUNTS = object(
  { groups: list(COUNT_GROUP), groupsInAll: count, events: count, withoutEchoes: flag, ...ANSWER },
  NEXT,
);
