import type { ErrorObject } from 'ajv';
import { isReservedAction } from '../../domain/action.js';
import { asRecord } from '../json-record.js';
import type { RejectionReason } from '../source.port.js';

const REASONS: ReadonlyMap<string, RejectionReason> = new Map([
  ['additionalProperties', 'unknown_field'],
  ['required', 'missing_field'],
  ['maxLength', 'too_long'],
  ['maxItems', 'too_long'],
]);

/** Why a record is no canonical event: the first fault, the record's own action before all others. */
export function rejectionOf(value: unknown, error: ErrorObject | undefined): RejectionReason {
  const record = asRecord(value);
  if (!record) return 'not_an_object';
  const action = record['action'];
  if (typeof action === 'string' && isReservedAction(action)) return 'reserved_action';
  if (error?.keyword === 'enum' && error.instancePath === '/action') return 'unknown_action';
  return REASONS.get(error?.keyword ?? '') ?? 'wrong_type';
}
