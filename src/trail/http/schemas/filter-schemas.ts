import { FILTER_TERMS } from '../../domain/trail-filter.js';
import { NEXT } from './event-schemas.js';
import { flag, list, object, text, time, type Schema } from './schema.js';

const TERMS: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(FILTER_TERMS.map((term) => [term, list(text())])),
  from: text(),
  to: text(),
};

export const FILTER = object({}, { ...TERMS, not: object({}, TERMS), own: flag, echoes: flag });

export const SAVED_FILTER = object(
  { id: text(), createdAt: time, filter: FILTER, withheld: flag },
  { title: text(), createdBy: text() },
);

export const SAVED_FILTERS = object({ filters: list(SAVED_FILTER) }, NEXT);
