import { randomBytes } from 'node:crypto';

const RANDOM_BYTES = 8;
const TIME_DIGITS = 9;

/** What can be the id of a saved filter. */
export const SAVED_FILTER_ID = /^flt_[0-9a-z]{9}[0-9a-f]{16}$/;

/** `flt_`, the time and random digits: the ids of saved filters sort as they were saved. */
export function newSavedFilterId(now: Date): string {
  const time = now.getTime().toString(36).padStart(TIME_DIGITS, '0');
  return `flt_${time}${randomBytes(RANDOM_BYTES).toString('hex')}`;
}
