import { canonicalJson } from '../../domain/canonical-json.js';
import type { DeadLetterDetails, DeadLetterPlace } from '../../domain/details.js';
import type { RejectionReason } from '../../sources/source.port.js';
import type { FilePart } from '../commands/record-events/record-events.command.js';
import type { RecordPlace } from '../reading/native-record.js';
import type { KeyedHash } from './keyed-hash.js';

/** What a dead letter's place is told by. */
export interface DeadLetterSource {
  readonly kind: string;
  readonly instance: string;
  readonly requestId: string;
  /** The body is one JSON text, so that its records have no lines of their own. */
  readonly wholeBody: boolean;
  readonly file?: FilePart;
}

export interface RejectedRecord {
  readonly reason: RejectionReason;
  /** What of the source's own rule was missing or wrong. */
  readonly field?: string;
  readonly place: RecordPlace;
  /** Canonical form, or the bytes as they came. */
  readonly evidence: string | Uint8Array;
  /** In bytes; where the evidence does not say it. */
  readonly length?: number;
}

/**
 * The dead letter of a record: where it lies and a keyed hash of it, never the record. Its id follows from those, so that
 * a file read again gives the same dead letters. A file's name is personal, so it goes into the id by its keyed hash only,
 * and into the entry as number 0 of the `files` disclosure.
 */
export function deadLetter(record: RejectedRecord, source: DeadLetterSource, keyedHash: KeyedHash): DeadLetterDetails {
  const hmac = keyedHash.of('dead-letter', record.evidence);
  const at = placeOf(record.place, source);
  return {
    id: idOf(hmac, at, source, keyedHash),
    reason: record.reason,
    ...(record.field !== undefined && { field: record.field }),
    length: record.length ?? lengthOf(record.evidence),
    hmac,
    at,
  };
}

/** The id that the record's dead letter has, if there is one: whoever sends the record at its place proves to have it. */
export function deadLetterId(
  { place, evidence }: Omit<RejectedRecord, 'reason'>,
  source: DeadLetterSource,
  keyedHash: KeyedHash,
): string {
  return idOf(keyedHash.of('dead-letter', evidence), placeOf(place, source), source, keyedHash);
}

function idOf(
  hmac: string,
  at: DeadLetterPlace,
  { kind, instance, file }: DeadLetterSource,
  keyedHash: KeyedHash,
): string {
  const seed = canonicalJson([kind, instance, hmac, { ...at, ...(file && { file: file.name }) }]);
  return uuidOf(keyedHash.of('dead-letter-id', seed));
}

function placeOf(place: RecordPlace, { requestId, file, wholeBody }: DeadLetterSource): DeadLetterPlace {
  if (!file) return { requestId, item: place.item };
  const [lines, bytes] = file.steps ? steppedTo(place.record, file.steps) : [place.line - 1, place.byteOffset];
  const at = { file: 0, line: file.firstLine + lines, byteOffset: file.firstByte + bytes };
  const item = wholeBody && !file.steps ? place.item : place.wrapped;
  return item === undefined ? at : { ...at, item };
}

/** How far from the piece's first record the given one begins. */
function steppedTo(record: number, steps: NonNullable<FilePart['steps']>): readonly [lines: number, bytes: number] {
  let [lines, bytes] = [0, 0];
  for (const step of steps.slice(0, record)) {
    lines += step[0];
    bytes += step[1];
  }
  return [lines, bytes];
}

function lengthOf(evidence: string | Uint8Array): number {
  return typeof evidence === 'string' ? Buffer.byteLength(evidence) : evidence.length;
}

/** The first 128 bits of a keyed hash as a UUID of version 8 (RFC 9562 section 5.8). */
function uuidOf(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
