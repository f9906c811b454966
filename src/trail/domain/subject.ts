import { isUuid } from '../../domain/uuid.js';

/** True for what can be a subject id; names, e-mail addresses and native ids of stores are none. */
export function isSubject(value: string): boolean {
  return isUuid(value);
}
