import { RECORDABLE_ACTIONS } from '../domain/action.js';
import { OUTCOMES, REASONS } from '../domain/outcome.js';
import { ACTOR_KINDS } from '../domain/sourced-event.js';
import { AWS_SCOPES } from './aws-cloudtrail/aws-cloudtrail.config.js';
import { GENERIC_FIELDS } from './generic-json/generic-format.js';

const text = { type: 'string', minLength: 1, maxLength: 512 };
const texts = { type: 'array', maxItems: 500, items: text };
const oneOrMore = { anyOf: [text, { ...texts, minItems: 1 }] };
const oneOf = (values: readonly string[]): object => ({ type: 'string', enum: [...values] });
const closed = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: [...required],
});
const wordLists = (names: readonly string[]): object => closed(Object.fromEntries(names.map((name) => [name, texts])));

const environments = {
  type: 'array',
  maxItems: 500,
  items: closed(
    {
      environment: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
      instances: texts,
      scopes: texts,
      paths: texts,
    },
    ['environment'],
  ),
};

/** Counted, not dated: the readings of every version in between are looked for. */
const mapping = { type: 'integer', minimum: 1, maximum: 1_000 };

const format = closed(
  {
    kind: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$' },
    title: text,
    mapping,
    store: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$' },
    fields: closed(Object.fromEntries(GENERIC_FIELDS.map((field) => [field, oneOrMore]))),
    actions: {
      type: 'array',
      minItems: 1,
      maxItems: 500,
      items: closed(
        {
          when: {
            type: 'object',
            propertyNames: { maxLength: 512 },
            additionalProperties: oneOrMore,
            maxProperties: 8,
          },
          action: oneOf(RECORDABLE_ACTIONS),
          outcome: oneOf(OUTCOMES),
          origin: oneOf(['manual', 'automatic']),
        },
        ['action'],
      ),
    },
    outcomes: wordLists(OUTCOMES),
    reasons: wordLists(REASONS),
    origins: wordLists(['manual', 'automatic']),
    defaults: closed({
      actorKind: oneOf(ACTOR_KINDS),
      environment: text,
      scope: { type: 'string', maxLength: 512 },
      outcome: oneOf(OUTCOMES),
    }),
  },
  ['kind', 'fields', 'actions'],
);

/** The form of the sources' file (`KEYTRAIL_SOURCES_FILE`): a section for each kind, all of it optional. */
export const SOURCES_CONFIG_SCHEMA = closed({
  vault: closed({
    mapping,
    mounts: {
      type: 'array',
      maxItems: 5_000,
      items: closed({ path: text, type: text, version: { type: 'integer', enum: [1, 2] } }, ['path', 'type']),
    },
    methods: {
      type: 'array',
      maxItems: 500,
      items: closed({ path: text, actors: oneOf(['user', 'service', 'workload']) }, ['path', 'actors']),
    },
    people: closed({ paths: texts }),
    environments,
  }),
  'aws-cloudtrail': closed({
    mapping,
    scope: { type: 'array', uniqueItems: true, items: oneOf(AWS_SCOPES) },
    people: closed({ paths: texts, roles: texts }),
    environments,
  }),
  'generic-json': closed({ formats: { type: 'array', maxItems: 200, items: format } }),
});
