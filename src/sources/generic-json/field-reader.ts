import { isAbsent, type JsonRecord } from '../json-record.js';
import type { FieldPlaces } from './generic-format.js';

/** The segments of `user.id` or of the JSON pointer `/user/id` (RFC 6901). */
export function segmentsOf(place: string): readonly string[] {
  if (!place.startsWith('/')) return place.split('.');
  return place
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Reads a field at the first of its places that holds something. */
export class FieldReader {
  readonly #places: readonly (readonly string[])[];

  constructor(places: FieldPlaces) {
    this.#places = (typeof places === 'string' ? [places] : places).map(segmentsOf);
  }

  read(record: JsonRecord): unknown {
    for (const segments of this.#places) {
      const value = valueAt(record, segments);
      if (!isAbsent(value)) return value;
    }
    return undefined;
  }

  /** A text, or a number or truth value as text. */
  text(record: JsonRecord): string | undefined {
    const value = this.read(record);
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }
}

function valueAt(record: JsonRecord, segments: readonly string[]): unknown {
  let value: unknown = record;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as JsonRecord)[segment];
  }
  return value;
}

/** Words compare without case, and without caring whether they are parted by `_`, `-`, `.` or a blank. */
export function wordOf(text: string): string {
  return text.trim().replace(SMALL_BEFORE_LARGE, '$1_$2').replace(PARTING, '_').toLowerCase();
}

const SMALL_BEFORE_LARGE = /([a-z0-9])([A-Z])/g;
const PARTING = /[\s.-]+/g;
