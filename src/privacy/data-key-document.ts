import type { WrappedKey } from './kek/wrapped-key.js';

export const SUBJECTS = 'subjects';
export const DATA_KEYS = 'data-keys';

/** Found by the HMAC of the person's native identity; holds nothing about the person but the random id. */
export interface SubjectDocument {
  readonly subject: string;
  readonly [key: string]: string;
}

/** A data key, wrapped. Its document's id is the key id: `sub_x.2026-Q4`, or `day.2026-11-22`. */
export interface DataKeyDocument extends WrappedKey {
  /** Whose key it is; absent for a day key. */
  readonly subject?: string;
}

/** One key for each subject and quarter: every replica comes to the same id, and the first to create it wins. */
export function subjectKeyId(subject: string, quarter: string): string {
  return `${subject}.${quarter}`;
}

export function dayKeyId(date: string): string {
  return `day.${date}`;
}

/** What a wrapped data key is bound to. */
export function dataKeyPurpose(keyId: string, subject: string | undefined): string {
  return `data-key ${keyId} ${subject ?? ''}`;
}
