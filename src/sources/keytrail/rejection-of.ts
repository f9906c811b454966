import type { ErrorObject } from 'ajv';
import { isReservedAction } from '../../domain/action.js';
import { asRecord } from '../json-record.js';
import type { Rejection, RejectionReason } from '../source.port.js';

const REASONS: ReadonlyMap<string, RejectionReason> = new Map([
  ['additionalProperties', 'unknown_field'],
  ['required', 'missing_field'],
  ['maxLength', 'too_long'],
  ['maxItems', 'too_long'],
]);

/** Why a record is no canonical event: the first fault, the record's own action before all others. */
export function rejectionOf(value: unknown, error: ErrorObject | undefined): Rejection {
  const record = asRecord(value);
  if (!record) return { kind: 'rejected', reason: 'not_an_object' };
  const action = record['action'];
  if (typeof action === 'string' && isReservedAction(action))
    return { kind: 'rejected', reason: 'reserved_action', field: 'action' };
  const field = error && fieldOf(error);
  return { kind: 'rejected', reason: reasonOf(error), ...(field && { field }) };
}

function reasonOf(error: ErrorObject | undefined): RejectionReason {
  if (error?.keyword === 'enum' && error.instancePath === '/action') return 'unknown_action';
  return REASONS.get(error?.keyword ?? '') ?? 'wrong_type';
}

/**
 * The place of a fault in the schema. The schema is closed, so that only names of its own lead there; of an unknown field
 * it is the place of the object that has it, as its name is the record's.
 */
function fieldOf({ keyword, instancePath, params }: ErrorObject): string {
  const missing =
    keyword === 'required' ? [String((params as { readonly missingProperty?: string }).missingProperty)] : [];
  return [...instancePath.split('/').slice(1), ...missing].join('.').replace(LIST_INDEX, '[]');
}

const LIST_INDEX = /\.\d+(?=\.|$)/g;
