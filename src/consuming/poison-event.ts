import { KeytrailError, type ErrorCode } from '../domain/errors.js';
import type { Position } from '../domain/position.js';

/** One event that can't be consumed, though every store answers. Keeps no more of the cause than its code. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  readonly code: ErrorCode;

  constructor(
    readonly position: Position,
    cause: unknown,
  ) {
    super('an event could not be consumed');
    this.code = errorCode(cause);
  }
}

export function errorCode(error: unknown): ErrorCode {
  return error instanceof KeytrailError ? error.code : 'INTERNAL.UNEXPECTED';
}

/** True for what is no fault of the event: a store or a key that does not answer now. */
export function isOutage(error: unknown): boolean {
  return error instanceof KeytrailError && /^(STORAGE|PRIVACY|INGESTION)\./.test(error.code);
}
