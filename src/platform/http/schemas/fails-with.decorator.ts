import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '../../../domain/errors.js';

/** Where a route's description says its codes, until they have become answers. */
export const ERROR_CODES = 'x-keytrail-error-codes';

/** Says which errors a route's own work can end with; what any route can answer goes without saying. */
export function FailsWith(...codes: readonly ErrorCode[]): MethodDecorator {
  return ApiExtension(ERROR_CODES, [...new Set(codes)]);
}
