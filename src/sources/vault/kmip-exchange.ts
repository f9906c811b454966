import type { RecordableAction } from '../../domain/action.js';
import type { Reason } from '../../domain/outcome.js';
import { asArray, asRecord, isAbsent, recordAt, type JsonRecord } from '../json-record.js';
import type { VaultResult } from './vault-outcome.js';

/** Operations by their number in the KMIP specification (OASIS, Key Management Interoperability Protocol 1.4, 9.1.3.2.27). */
const ACTIONS: ReadonlyMap<number, RecordableAction> = new Map([
  [0x01, 'secret.create'],
  [0x02, 'secret.create'],
  [0x03, 'secret.create'],
  [0x04, 'secret.rotate'],
  [0x05, 'secret.create'],
  [0x08, 'secret.list'],
  [0x0a, 'secret.read'],
  [0x0b, 'secret.describe'],
  [0x0c, 'secret.describe'],
  [0x0d, 'secret.update'],
  [0x0e, 'secret.update'],
  [0x0f, 'secret.update'],
  [0x12, 'secret.update'],
  [0x13, 'secret.update'],
  [0x14, 'secret.destroy'],
  [0x15, 'secret.delete'],
  [0x16, 'secret.restore'],
  [0x1d, 'secret.rotate'],
  [0x1f, 'key.use'],
  [0x20, 'key.use'],
  [0x21, 'key.use'],
  [0x22, 'key.use'],
  [0x23, 'key.use'],
  [0x24, 'key.use'],
  [0x2a, 'secret.import'],
  [0x2b, 'secret.export'],
]);

/** Result reasons (the same, 9.1.3.2.29). */
const REASONS: ReadonlyMap<number, Reason> = new Map([
  [0x01, 'not_found'],
  [0x03, 'unauthenticated'],
  [0x04, 'invalid'],
  [0x05, 'invalid'],
  [0x06, 'invalid'],
  [0x07, 'invalid'],
  [0x0b, 'invalid'],
  [0x0c, 'denied'],
]);

const STATUS_SUCCESS = 0;
const STATUS_PENDING = 2;

export interface KmipMeaning extends VaultResult {
  readonly action: RecordableAction;
  /** How many operations the message held. */
  readonly items: number;
}

/**
 * A message of Vault's KMIP engine: `kmip-request` or `kmip-response`. Its strings are not hashed, so of the message only
 * enumerations are read: the operation of each item, its result status and result reason. Key ids stay unknown.
 */
export function kmipMeaning(record: JsonRecord, isResponse: boolean): KmipMeaning {
  const requested = itemsOf(recordAt(recordAt(record, 'request'), 'data')?.['kmip_request']);
  const answered = itemsOf(recordAt(recordAt(record, 'response'), 'data')?.['kmip_response']);
  const items = requested.length > 0 ? requested : answered;
  const actions = new Set(items.map((item) => ACTIONS.get(enumeration(item, 'Operation') ?? -1) ?? 'other'));
  const [action = 'other', ...others] = actions;
  const result: VaultResult = isResponse ? resultOf(record, answered) : { outcome: 'unknown' };
  return { action: others.length === 0 ? action : 'other', items: items.length, ...result };
}

function resultOf(record: JsonRecord, items: readonly (readonly unknown[])[]): VaultResult {
  if (!isAbsent(record['error'])) return { outcome: 'failure', reason: 'error' };
  const statuses = items.map((item) => enumeration(item, 'ResultStatus'));
  const failed = items.find((_, index) => statuses[index] !== STATUS_SUCCESS && statuses[index] !== STATUS_PENDING);
  if (failed && enumeration(failed, 'ResultStatus') !== undefined) {
    return { outcome: 'failure', reason: REASONS.get(enumeration(failed, 'ResultReason') ?? -1) ?? 'error' };
  }
  const isDone = statuses.length > 0 && statuses.every((status) => status === STATUS_SUCCESS);
  return { outcome: isDone ? 'success' : 'unknown' };
}

/** The batch items of a message: each a list of tagged fields. */
function itemsOf(message: unknown): readonly (readonly unknown[])[] {
  return asArray(asRecord(message)?.['value'])
    .filter((part) => asRecord(part)?.['tag'] === 'BatchItem')
    .map((part) => asArray(asRecord(part)?.['value']));
}

const HEXADECIMAL = /^0x[0-9a-fA-F]{1,8}$/;

function enumeration(fields: readonly unknown[], tag: string): number | undefined {
  const field = fields.map(asRecord).find((candidate) => candidate?.['tag'] === tag);
  const value = field?.['type'] === 'Enumeration' ? field['value'] : undefined;
  return typeof value === 'string' && HEXADECIMAL.test(value) ? Number(value) : undefined;
}
