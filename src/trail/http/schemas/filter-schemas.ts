import { OUTCOMES, REASONS } from '../../../domain/outcome.js';
import { ACTOR_KINDS } from '../../../domain/sourced-event.js';
import { FILTER_PARAMETERS, LENGTH_LIMIT, VALUES_LIMIT } from '../../domain/read-filter.js';
import { FILTER_TERMS } from '../../domain/trail-filter.js';
import { SAVED_FILTER_ID } from '../../saved-filters/saved-filter-id.js';
import { NEXT } from './event-schemas.js';
import {
  described,
  MOMENT,
  flag,
  list,
  matching,
  object,
  text,
  time,
  titled,
  type Schema,
} from '../../../platform/http/schemas/schema.js';

const TERMS: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(FILTER_TERMS.map((term) => [term, list(text())])),
  from: text('The beginning of the period, inclusive'),
  to: text('The end of the period, exclusive'),
};

export const FILTER_ID = matching(SAVED_FILTER_ID, 'Id of a saved filter');

export const FILTER = titled(
  'TrailFilter',
  object(
    {},
    {
      ...TERMS,
      not: described(object({}, TERMS), 'None of these may hold'),
      own: described(flag, "Keytrail's own acts and the health of sources too"),
      echoes: described(flag, 'In counts: also the echoes of an access'),
    },
  ),
);

export const SAVED_FILTER = titled(
  'SavedFilter',
  object(
    {
      id: FILTER_ID,
      createdAt: time,
      filter: FILTER,
      withheld: described(flag, 'Terms are not shown here; they hold all the same'),
    },
    { title: text('What its owner calls it'), createdBy: text('Subject of whoever saved it') },
  ),
);

export const SAVED_FILTERS = object({ filters: list(SAVED_FILTER) }, NEXT);

/** An action or a class of them, as a filter names it. */
export const ACTION = /^[a-z_]+(\.([a-z_]+|\*))?$/;

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  actorKind: ACTOR_KINDS,
  outcome: OUTCOMES,
  reason: REASONS,
};

const PATTERNS: Readonly<Record<string, RegExp>> = { action: ACTION, from: MOMENT, to: MOMENT };

/** The terms of a filter as a caller sends them in a body. */
export const FILTER_PROPERTIES = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, valuesOf(name)]));

function valuesOf(name: string) {
  const term = name.replace(/^not\./, '');
  if (term === 'own' || term === 'echoes') {
    return { oneOf: [{ type: 'boolean' as const }, { type: 'string' as const, enum: ['true', 'false'] }] };
  }
  const allowed = ALLOWED[term];
  const pattern = PATTERNS[term];
  const value = {
    type: 'string' as const,
    ...(allowed ? { enum: [...allowed] } : { minLength: 1, maxLength: LENGTH_LIMIT }),
    ...(pattern && { pattern: pattern.source }),
  };
  if (term === 'from' || term === 'to') return value;
  return { oneOf: [value, { type: 'array' as const, items: value, minItems: 1, maxItems: VALUES_LIMIT }] };
}
