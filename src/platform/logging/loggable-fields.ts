import { replaceHidden } from '../../domain/hidden-text.js';
import { LOG_EVENTS, type FieldType, type LogEventName } from './log-events.js';

export const STRING_LIMIT = 200;

export interface LoggableFields {
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  /** Fields that the schema does not have, or of another type. */
  readonly dropped: number;
}

/** Keeps the fields that the event's schema names, and counts the others. */
export function loggableFields(name: LogEventName, given: Readonly<Record<string, unknown>>): LoggableFields {
  const schema: Readonly<Record<string, FieldType>> = LOG_EVENTS[name].fields;
  const fields: Record<string, string | number | boolean> = {};
  let dropped = 0;
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const kept = Object.hasOwn(schema, key) && typeof value === schema[key] ? loggable(value) : undefined;
    if (kept === undefined) dropped += 1;
    else fields[key] = kept;
  }
  return { fields, dropped };
}

function loggable(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  // Line breaks and direction marks could make one line look like another.
  return replaceHidden(value.slice(0, STRING_LIMIT), '\ufffd');
}
