import { OUTCOMES, REASONS } from '../../../domain/outcome.js';
import { ACTOR_KINDS } from '../../../domain/sourced-event.js';
import {
  anyObject,
  count,
  described,
  flag,
  list,
  mapOf,
  matching,
  object,
  oneOf,
  orNull,
  position,
  text,
  time,
  titled,
  uuid,
} from '../../../platform/http/schemas/schema.js';

export const EVENT_ID = described(uuid, 'Id of an event');
export const SUBJECT = matching(/^sub_[0-9a-z]{20}$/, 'A subject: the random id that stands for a person or machine');
export const SECRET_NAME = text("A secret's uid or path, taken as it is: no wildcards");

/** What every answer about the trail tells of itself. */
export const ANSWER = {
  asOf: text('The log point it reflects: `epoch:partition=next offset,...`'),
  lag: described(
    object({ events: count, seconds: { type: 'number', minimum: 0 } }),
    'How far that is behind the log: events, and seconds since the first of them was recorded',
  ),
} as const;

export const NEXT = { next: text('The cursor of the next page; absent on the last') } as const;

export const PERSON = titled(
  'Person',
  object({}, { nativeId: text("The store's own identifier"), name: text(), email: text() }),
);

const IDENTITY = described(
  object(
    {},
    {
      actor: PERSON,
      onBehalfOf: PERSON,
      people: mapOf(PERSON, 'People named in paths, by subject'),
      credentialId: text(),
      sessionName: text(),
      address: text('As the record has it: an IP address, a host name, or what the store has in its place'),
      userAgent: text(),
      text: text('Free text about the act'),
      filter: text('Names in the filter of a question, JSON'),
      files: text('Names of the files that dead letters lie in, JSON'),
      nativeSha256: text("SHA-256 of the record's RFC 8785 form"),
      withheld: described(count, 'Parts that can not be opened: erased or expired'),
    },
  ),
  'Who people are; only for those who may see identities',
);

const SECRET = object(
  {
    uid: text('`kind:instance:namespace-or-region:path`'),
    store: text('What keeps it'),
    path: text("With subjects in the places of people's names"),
  },
  {
    alias: text('Another uid of it, proved by this record'),
    version: text(),
    previousVersion: text(),
    scope: oneOf(['item', 'collection']),
    valueReturned: described(flag, 'Whether the value went out'),
  },
);

const ACTOR = object(
  { kind: oneOf(ACTOR_KINDS) },
  {
    subject: text('The random id that stands for the person or machine; absent when the record names nobody'),
    onBehalfOf: text('The subject on whose behalf the actor acted'),
    roles: list(text(), 'In force then'),
    authentication: object({}, { method: text(), assurance: text() }),
  },
);

const SOURCE = object(
  {
    kind: text('Kind of source'),
    instance: text('Which store of that kind'),
    mapping: described(count, 'Version of the mapping that understood the record'),
  },
  { nativeId: text("The store's own id of the event"), nativeAction: text("The store's own name of the action") },
);

const CORRELATION = object(
  {},
  {
    requestId: text(),
    sessionId: text(),
    traceId: text(),
    changeId: text(),
    supersedes: text('Id of the event that this one corrects'),
    derivedFrom: list(text(), "The store's own values of what caused it; never an event's id"),
  },
);

export const EVENT = titled(
  'Event',
  object(
    {
      v: { const: 1, description: 'Version of this form' },
      id: EVENT_ID,
      tenant: text(),
      environment: text(),
      action: text('`secret.read` and so on; take one that you do not know for `other`'),
      outcome: oneOf(OUTCOMES),
      recordedAt: time,
      source: SOURCE,
      actor: ACTOR,
      digests: list(text(), 'Salted digests of the personal fields and of the record (RFC 9901), sorted'),
      position,
    },
    {
      phase: oneOf(['request', 'response'], 'Where a store tells of both'),
      reason: oneOf(REASONS, 'Why a failure failed'),
      occurredAt: text('RFC 3339, with the digits of the source'),
      secrets: list(SECRET),
      purpose: text(),
      origin: oneOf(['manual', 'automatic']),
      correlation: CORRELATION,
      details: described(anyObject, 'Counts and codes, by action'),
      redactions: list(object({ path: text("The source's own rule"), count }), 'What was dropped'),
      flags: list(text(), 'What was cut or odd'),
      part: {
        type: 'array',
        items: count,
        minItems: 2,
        maxItems: 2,
        description: 'i of n, where more secrets than fit into one event go on in others',
      },
      identity: IDENTITY,
    },
  ),
);

export const EVENTS = object({ events: list(EVENT), ...ANSWER }, NEXT);
export const EVENT_ANSWER = object(
  { event: EVENT, ...ANSWER },
  {
    asked: object({ id: text(), became: oneOf(['answered', 'superseded', 'withdrawn']), by: text() }),
    doubles: list(EVENT, 'Other acts that came under the same id later, each an event of its own. The first of them'),
  },
);

export const WITHOUT_ECHOES = described(flag, 'Echoes of an access (a KMS decrypt behind a read) are not counted');

const COUNT_GROUP = object(
  { key: mapOf(orNull(text())), events: count, first: time, last: time },
  { identity: PERSON },
);

export const COUNTS = object(
  { groups: list(COUNT_GROUP), groupsInAll: count, events: count, withoutEchoes: WITHOUT_ECHOES, ...ANSWER },
  NEXT,
);
