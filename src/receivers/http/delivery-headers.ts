import type { IncomingHttpHeaders } from 'node:http';
import { KeytrailError } from '../../domain/errors.js';
import type { FilePart } from '../../ingestion/commands/record-events/record-events.command.js';

const KEY_LIMIT = 256;
const FILE_NAME_LIMIT = 1_024;
const ITEMS_LIMIT = 100_000;
/** Headers that tell of a file, beside its name. */
const OF_A_FILE = [
  'keytrail-file-line',
  'keytrail-file-byte',
  'keytrail-file-steps',
  'keytrail-repeated',
  'keytrail-too-long',
  'keytrail-retries',
];
const ID = /^[0-9A-Za-z-]{1,64}$/;

/** What a delivery's headers say of it. */
export interface DeliveryHeaders {
  readonly idempotencyKey?: string;
  readonly file?: FilePart;
}

/**
 * Reads `Idempotency-Key`, and where the records come from a file `Keytrail-File` (its name, percent-encoded),
 * `-File-Line`, `-File-Byte`, `-File-Steps` (`1:20,2:31`: lines and bytes from each record to the next), `-Repeated` (`17=2,45=3`: the record at 17
 * stood twice before), `-Too-Long` (`4=9000000`: the record at 4 has so many bytes and is not here) and `-Retries` (ids).
 * @throws KeytrailError REQUEST.INVALID with every fault, never with a value
 */
export function deliveryHeaders(headers: IncomingHttpHeaders): DeliveryHeaders {
  const errors: string[] = [];
  const check = <Value>(value: Value | undefined, fault: string): Value | undefined => {
    if (value === undefined) errors.push(fault);
    return value;
  };
  const idempotencyKey = text(headers['idempotency-key']);
  if (idempotencyKey !== undefined && idempotencyKey.length > KEY_LIMIT) {
    errors.push(`Idempotency-Key must have at most ${KEY_LIMIT} characters`);
  }
  const file = filePart(headers, check);
  if (errors.length > 0) throw new KeytrailError('REQUEST.INVALID', { errors });
  return { ...(idempotencyKey !== undefined && { idempotencyKey }), ...(file && { file }) };
}

type Check = <Value>(value: Value | undefined, fault: string) => Value | undefined;

function filePart(headers: IncomingHttpHeaders, check: Check): FilePart | undefined {
  const encoded = text(headers['keytrail-file']);
  if (encoded === undefined) {
    // What would count for nothing without it, its sender believes to count.
    const alone = OF_A_FILE.some((other) => text(headers[other]) !== undefined);
    if (alone) check(undefined, `Keytrail-File must stand with ${OF_A_FILE.join(', ')}`);
    return undefined;
  }
  const name = check(fileName(encoded), 'Keytrail-File must be a percent-encoded name');
  const firstLine = check(count(headers['keytrail-file-line'], 1), 'Keytrail-File-Line must be a number from 1');
  const firstByte = check(count(headers['keytrail-file-byte'], 0), 'Keytrail-File-Byte must be a number from 0');
  const lists = fileLists(headers, check);
  if (name === undefined || firstLine === undefined || firstByte === undefined) return undefined;
  return lists && { name, firstLine, firstByte, ...lists };
}

type FileLists = Pick<FilePart, 'repeated' | 'steps' | 'tooLong' | 'retries'>;

/** What is told of single records. Left out where there is nothing to tell. */
function fileLists(headers: IncomingHttpHeaders, check: Check): FileLists | undefined {
  const steps = check(pairs(headers['keytrail-file-steps'], ':'), 'Keytrail-File-Steps must be like 1:20,2:31');
  const repeated = check(pairs(headers['keytrail-repeated'], '='), 'Keytrail-Repeated must be like 17=2,45=3');
  const tooLong = check(pairs(headers['keytrail-too-long'], '='), 'Keytrail-Too-Long must be like 4=9000000');
  const retries = check(ids(headers['keytrail-retries']), 'Keytrail-Retries must be a comma-separated list of ids');
  if (!steps || !repeated || !tooLong || !retries) return undefined;
  return {
    repeated,
    ...(steps.length > 0 && { steps }),
    ...(tooLong.length > 0 && { tooLong }),
    ...(retries.length > 0 && { retries }),
  };
}

function text(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' && header !== '' ? header : undefined;
}

function fileName(encoded: string): string | undefined {
  if (encoded.length > FILE_NAME_LIMIT * 3) return undefined;
  try {
    return decodeURIComponent(encoded).slice(0, FILE_NAME_LIMIT);
  } catch {
    return undefined;
  }
}

function count(header: string | readonly string[] | undefined, least: number): number | undefined {
  const given = text(header);
  if (given === undefined) return least;
  const value = /^\d{1,15}$/.test(given) ? Number(given) : -1;
  return value >= least ? value : undefined;
}

type Pairs = readonly (readonly [number, number])[];

function pairs(header: string | readonly string[] | undefined, sign: ':' | '='): Pairs | undefined {
  const given = text(header);
  if (given === undefined) return [];
  const form = sign === ':' ? /^(\d{1,15}):(\d{1,15})$/ : /^(\d{1,15})=(\d{1,15})$/;
  const read = given.split(',', ITEMS_LIMIT + 1).map((pair) => form.exec(pair.trim()));
  if (read.length > ITEMS_LIMIT || read.includes(null)) return undefined;
  return read.map((pair) => [Number(pair?.[1]), Number(pair?.[2])] as const);
}

function ids(header: string | readonly string[] | undefined): readonly string[] | undefined {
  const list = (text(header) ?? '').split(',', ITEMS_LIMIT + 1).map((id) => id.trim());
  const given = list.filter((id) => id !== '');
  return given.length <= ITEMS_LIMIT && given.every((id) => ID.test(id)) ? given : undefined;
}
