import { KeytrailError } from '../../../domain/errors.js';

/** @param reason in our own words, with names of fields at most. */
export function invalidFilter(reason: string): KeytrailError {
  return new KeytrailError('TRAIL.INVALID_FILTER', { errors: [reason] });
}
