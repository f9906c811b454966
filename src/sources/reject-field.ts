import { isAbsent } from './json-record.js';
import type { Rejection } from './source.port.js';

/** Rejects a record for a field that it has to have, by the field's name in the source's rule and what stands there. */
export function rejectField(field: string, value: unknown): Rejection {
  return { kind: 'rejected', reason: isAbsent(value) ? 'missing_field' : 'wrong_type', field };
}
