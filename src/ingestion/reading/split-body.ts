import { isUtf8 } from 'node:buffer';
import { KeytrailError } from '../../domain/errors.js';
import { RecordText } from '../../sources/source.port.js';
import { RECORD_LIMITS, type RequestLimits } from '../ingestion-limits.js';
import { checkRecord, type RecordSurroundings } from './check-record.js';
import { findFaultAround } from './json-faults.js';
import type { FaultyRecord, NativeRecord, ReadableRecord, RecordPlace } from './native-record.js';
import { readJson } from './read-json.js';

const NEWLINE = 0x0a;
const BLANK = 0x20;
const BRACE = 0x7b;
const BYTE_ORDER_MARK = '\uFEFF';

export interface Body {
  readonly bytes: Uint8Array;
  readonly format: 'json' | 'ndjson';
  /** The bytes are not what their sender said they are: whatever they look like, they are one unreadable body. */
  readonly broken?: boolean;
  /** Undoes the store's own wrapping. */
  readonly unwrap: (value: unknown) => readonly unknown[];
  /** False where an object is always one record. */
  readonly wraps?: boolean;
  /** What the body may hold. */
  readonly limits?: RequestLimits;
}

/** A whole JSON text, or a line of NDJSON. */
interface Piece {
  readonly bytes: Buffer;
  readonly line: number;
  readonly byteOffset: number;
}

interface ReadPiece {
  /** How many. */
  readonly count: number;
  readonly contents: Iterable<ReadableRecord | FaultyRecord>;
  readonly alone: boolean;
  readonly unreadable: boolean;
}

/**
 * The records of a body, one by one, so that of NDJSON only one line is in memory as a value at a time. A body or line
 * that can't be read is one record with a fault.
 * @throws KeytrailError INGESTION.BATCH_TOO_LARGE before the first of too many records
 */
export function* splitBody(body: Body): Generator<NativeRecord> {
  const { bytes, format, broken = false } = body;
  const isWhole = format === 'json' || broken;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let item = 0;
  let lines = 0;
  for (const { piece, read } of isWhole ? wholePiece(buffer, body) : readLines(buffer, body)) {
    const first = item;
    for (const content of read.contents) {
      const within = isWhole || read.count === 1 ? {} : { wrapped: item - first };
      const place = { item, record: isWhole ? item : lines, ...within };
      yield nativeRecord(piece, place, content, { ...read, isWhole });
      item += 1;
    }
    lines += 1;
  }
}

interface PlacedPiece {
  readonly piece: Piece;
  readonly read: ReadPiece;
}

function wholePiece(buffer: Buffer, { unwrap, broken, limits }: Body): readonly PlacedPiece[] {
  const read = broken ? unreadablePiece(buffer, 'not_json') : readPiece(buffer, unwrap, !isUtf8(buffer));
  refuseTooMany(read.count, limits);
  return [{ piece: { bytes: buffer, line: 1, byteOffset: 0 }, read }];
}

function* readLines(buffer: Buffer, body: Body): Generator<PlacedPiece> {
  const { unwrap, limits } = body;
  if (limits) refuseTooMany(countRecords(buffer, body, limits.records), limits);
  const wasMisencoded = !isUtf8(buffer);
  for (const piece of linesOf(buffer)) yield { piece, read: readPiece(piece.bytes, unwrap, wasMisencoded) };
}

function refuseTooMany(records: number, limits: RequestLimits | undefined): void {
  if (limits && records > limits.records)
    throw new KeytrailError('INGESTION.BATCH_TOO_LARGE', { limits: { ...limits } });
}

/** How many records the lines hold; it counts no further than one line beyond `most`. */
function countRecords(buffer: Buffer, { unwrap, wraps = true }: Body, most: number): number {
  let records = 0;
  for (const { bytes } of linesOf(buffer)) {
    const isOne = !wraps && bytes[bytes.findIndex((byte) => byte > BLANK)] === BRACE;
    records += isOne ? 1 : readPiece(bytes, unwrap, false).count;
    if (records > most) break;
  }
  return records;
}

function nativeRecord(
  { bytes, line, byteOffset }: Piece,
  place: Omit<RecordPlace, 'line' | 'byteOffset'>,
  content: NativeRecord['content'],
  { alone, unreadable, isWhole }: ReadPiece & { readonly isWhole: boolean },
): NativeRecord {
  return {
    place: { ...place, line, byteOffset },
    content,
    bytes,
    alone: alone && isWhole,
    unreadableBody: unreadable && isWhole,
  };
}

/** Lines that hold more than blanks. */
function* linesOf(buffer: Buffer): Generator<Piece> {
  let line = 0;
  for (let start = 0; start < buffer.length;) {
    const newline = buffer.indexOf(NEWLINE, start);
    const end = newline < 0 ? buffer.length : newline;
    line += 1;
    if (!isBlank(buffer, start, end)) yield { bytes: buffer.subarray(start, end), line, byteOffset: start };
    start = end + 1;
  }
}

function isBlank(buffer: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if ((buffer[index] ?? 0) > BLANK) return false;
  return true;
}

function readPiece(bytes: Buffer, unwrap: Body['unwrap'], wasMisencoded: boolean): ReadPiece {
  const text = withoutMark(bytes.toString('utf8'));
  const read = readJson(text);
  if ('fault' in read) return unreadablePiece(bytes, read.fault);
  const records = unwrapped(read.value, unwrap);
  if (!records) return unreadablePiece(bytes, 'wrong_shape');
  const fault = read.faults && findFaultAround(records, read.faults);
  if (fault) return unreadablePiece(bytes, fault);
  const surroundings = { faults: read.faults, hasEscapes: text.includes('\\u'), wasMisencoded };
  const { length: count } = records;
  return { count, contents: checked(records, surroundings), alone: records[0] === read.value, unreadable: false };
}

function* checked(
  records: readonly unknown[],
  surroundings: RecordSurroundings,
): Generator<ReadableRecord | FaultyRecord> {
  for (const record of records)
    yield record instanceof RecordText ? checkText(record.text, surroundings) : checkRecord(record, surroundings);
}

function checkText(text: string, surroundings: RecordSurroundings): ReadableRecord | FaultyRecord {
  const evidence = Buffer.from(text);
  if (evidence.length > RECORD_LIMITS.bytes) return { fault: 'too_long', evidence };
  const read = readJson(text);
  if ('fault' in read) return { fault: read.fault, evidence };
  // A text of the wrapping's own escapes may hold what no JSON text can: its own escapes are not all there are.
  const hasEscapes = surroundings.hasEscapes || text.includes('\\u');
  return checkRecord(read.value, { ...surroundings, faults: read.faults, hasEscapes });
}

function unreadablePiece(evidence: Uint8Array, fault: FaultyRecord['fault']): ReadPiece {
  return { count: 1, contents: [{ fault, evidence }], alone: true, unreadable: true };
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** An array is a batch; each of its items may have the store's own wrapping. Nothing when a wrapping is not as it must be. */
function unwrapped(value: unknown, unwrap: Body['unwrap']): readonly unknown[] | undefined {
  try {
    return Array.isArray(value) ? value.flatMap((item) => unwrap(item)) : unwrap(value);
  } catch {
    return undefined;
  }
}
