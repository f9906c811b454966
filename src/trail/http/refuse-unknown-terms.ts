import { KeytrailError } from '../../domain/errors.js';
import { FILTER_PARAMETERS } from '../domain/read-filter.js';

const known: ReadonlySet<string> = new Set(FILTER_PARAMETERS);

/** A term that nobody knows would be left out, and the filter find more than it should. Never repeats the term. */
export function refuseUnknownTerms(filter: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(filter).filter((name) => !known.has(name)).length;
  if (unknown > 0) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors: [`filter: ${unknown} unknown terms`] });
}
