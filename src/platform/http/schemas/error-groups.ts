import type { ErrorCode } from '../../../domain/errors.js';

/** Whatever uses the stores: each of them may be away, full or damaged, and a caller may be a subject that is not known yet. */
export const STORE_ERRORS = [
  'STORAGE.UNAVAILABLE',
  'STORAGE.DISK_FULL',
  'STORAGE.DAMAGED',
  'STORAGE.NEWER_DATA',
  'PRIVACY.KEK_MISMATCH',
  'PRIVACY.TOO_MANY_SUBJECTS',
] as const satisfies readonly ErrorCode[];

/** Whatever appends to the log before it answers. */
export const RECORDING_ERRORS = [...STORE_ERRORS, 'INGESTION.UNAVAILABLE'] as const satisfies readonly ErrorCode[];

/** Whatever asks the views, which is recorded too. */
export const VIEW_ERRORS = [
  ...RECORDING_ERRORS,
  'STORAGE.NOT_ON_THIS_LOG',
  'STORAGE.QUERY_TOO_SLOW',
  'TRAIL.NOT_READY',
] as const satisfies readonly ErrorCode[];
