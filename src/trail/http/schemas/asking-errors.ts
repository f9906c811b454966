import type { ErrorCode } from '../../../domain/errors.js';
import { VIEW_ERRORS } from '../../../platform/http/schemas/error-groups.js';

/** Whatever asks about events by a filter. */
export const ASKING_ERRORS = [
  ...VIEW_ERRORS,
  'TRAIL.INVALID_FILTER',
  'TRAIL.FILTER_NOT_FOUND',
] as const satisfies readonly ErrorCode[];

/** The same, page by page. */
export const PAGING_ERRORS = [...ASKING_ERRORS, 'TRAIL.INVALID_CURSOR'] as const satisfies readonly ErrorCode[];
