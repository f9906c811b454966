import { RECORDABLE_ACTIONS } from '../../domain/action.js';
import { OUTCOMES, REASONS } from '../../domain/outcome.js';
import { ACTOR_KINDS } from '../../domain/sourced-event.js';

const text = (maxLength: number, description?: string): object => ({
  type: 'string',
  minLength: 1,
  maxLength,
  ...(description && { description }),
});
const closed = (properties: object, required: readonly string[] = [], description?: string): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: [...required],
  ...(description && { description }),
});

const person = {
  id: text(1024, "The store's own stable identifier."),
  name: text(512),
  email: text(512),
  kind: { type: 'string', enum: [...ACTOR_KINDS] },
};

const path = {
  description:
    'The path as text; or in pieces, where a piece that is an object names a person: the name is encrypted under that ' +
    "person's key, and the path holds the person's subject.",
  oneOf: [
    text(4096),
    {
      type: 'array',
      minItems: 1,
      maxItems: 64,
      items: { oneOf: [text(4096), closed({ person: closed(person, ['id']) }, ['person'])] },
    },
  ],
};

const secret = closed(
  {
    store: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$', description: 'What keeps it: `vault`, `my-app`.' },
    scope: { type: 'string', maxLength: 512, description: 'Namespace or region.' },
    path,
    version: text(256),
    previousVersion: text(256),
    reach: { type: 'string', enum: ['item', 'collection'] },
    valueReturned: { type: 'boolean', description: 'Whether the value went out.' },
  },
  ['store', 'path'],
);

/** What a caller may say beyond the named fields. Counts and codes: nothing here is room for a value. */
const details = closed({
  stage: {
    type: 'string',
    enum: ['requested', 'scheduled', 'started', 'succeeded', 'failed', 'abandoned'],
    description: 'Of a rotation or replication.',
  },
  count: { type: 'integer', minimum: 0 },
  keyCount: { type: 'integer', minimum: 0 },
  policies: { type: 'array', maxItems: 50, items: text(256) },
});

/**
 * What `POST /v1/events` takes: JSON Schema, draft 2020-12, closed. Unknown fields are refused, so that no caller can
 * think a field was kept which was not.
 */
export const CANONICAL_EVENT_SCHEMA = {
  title: 'CanonicalEvent',
  description: 'One audit event in Keytrail’s own form.',
  type: 'object',
  additionalProperties: false,
  required: ['action', 'outcome', 'actor'],
  properties: {
    id: text(512, 'Unique in its instance and stable over retries; without it, equal events are told apart by order.'),
    action: { type: 'string', enum: [...RECORDABLE_ACTIONS] },
    outcome: { type: 'string', enum: [...OUTCOMES] },
    reason: { type: 'string', enum: [...REASONS], description: 'Why a failure failed.' },
    occurredAt: text(64, 'RFC 3339 with an offset; the digits are kept whole.'),
    instance: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$' },
    environment: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
    nativeAction: text(128, "The store's own name of the action."),
    actor: closed(
      {
        ...person,
        authenticated: { type: 'boolean', description: 'False for a name that was claimed and not proved.' },
        roles: { type: 'array', maxItems: 50, items: text(256) },
        authentication: closed({ method: text(128), assurance: text(128) }),
        onBehalfOf: closed(person, ['id']),
      },
      ['kind'],
    ),
    client: closed({
      credentialId: text(512),
      sessionName: text(512),
      address: text(512, 'An IP address, a host name, or what the store has in its place.'),
      userAgent: text(4096),
      text: text(4096, 'Free text about the act. Encrypted.'),
    }),
    secrets: { type: 'array', maxItems: 1000, items: secret },
    purpose: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,127}$' },
    origin: { type: 'string', enum: ['manual', 'automatic'] },
    correlation: closed({
      requestId: text(512),
      sessionId: text(512),
      traceId: text(512),
      changeId: text(512),
      derivedFrom: { type: 'array', maxItems: 16, items: text(2048) },
    }),
    details,
  },
};
