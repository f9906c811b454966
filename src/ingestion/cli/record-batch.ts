import { BYTE } from './json-structure.js';
import type { FileRecord } from './record-splitter.js';

/** What one request may hold; the service promises to take at least this much. */
export const BATCH_LIMITS = { records: 1_000, bytes: 5 * 1024 * 1024, headerCharacters: 6_000 } as const;

export interface CountedRecord {
  /** Without bytes: longer than any service takes, so that only its place and length are told. */
  readonly record: FileRecord;
  /** Equal records before it in the file. */
  readonly before: number;
  /** Id of the dead letter that it is the second attempt for. */
  readonly retries?: string;
}

/** Records of one file that go as one request, as JSON lines. */
export class RecordBatch {
  readonly records: CountedRecord[] = [];
  #bytes = 0;
  #headerCharacters = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** A single record always fits: whether it is too long is the service's answer. */
  fits({ record }: CountedRecord): boolean {
    if (this.records.length === 0) return true;
    const bytes = this.#bytes + (record.bytes ?? STAND_IN).length;
    const withinBody = this.records.length < BATCH_LIMITS.records && bytes < BATCH_LIMITS.bytes;
    return withinBody && this.#headerCharacters < BATCH_LIMITS.headerCharacters;
  }

  add(item: CountedRecord): void {
    this.#headerCharacters += this.#headerCharactersOf(item);
    this.#bytes += (item.record.bytes ?? STAND_IN).length + 1;
    this.records.push(item);
  }

  /** Two halves, for a service that takes less. */
  halves(): readonly [RecordBatch, RecordBatch] {
    const middle = Math.ceil(this.records.length / 2);
    const filled = (items: readonly CountedRecord[]): RecordBatch => {
      const half = new RecordBatch();
      for (const item of items) half.add(item);
      return half;
    };
    return [filled(this.records.slice(0, middle)), filled(this.records.slice(middle))];
  }

  /** What can still be said of a single record that the service does not take. `undefined` where that is said already. */
  withoutContent(): RecordBatch | undefined {
    const [only] = this.records;
    if (!only?.record.bytes) return undefined;
    const { bytes: _, ...record } = only.record;
    const batch = new RecordBatch();
    batch.add({ ...only, record });
    return batch;
  }

  /** One record a line: line breaks of a pretty-printed record become blanks, its length stays. */
  body(): Uint8Array {
    const lines = this.records.map(({ record }) => oneLine(record.bytes ?? STAND_IN));
    return Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [LINE_BREAK, line])));
  }

  /** Where the records lie in their file (see `FilePart`), which of them repeat an earlier one, and which are not here. */
  headers(fileName: string): Record<string, string> {
    const first = this.records[0]?.record;
    const repeated = this.records.flatMap(({ before }, index) => (before > 0 ? [`${index}=${before}`] : []));
    const tooLong = this.records.flatMap(({ record }, index) => (record.bytes ? [] : [`${index}=${record.length}`]));
    const retries = this.records.flatMap(({ retries: id }) => (id === undefined ? [] : [id]));
    return {
      'keytrail-file': encodeURIComponent(fileName.toWellFormed()),
      'keytrail-file-line': String(first?.line ?? 1),
      'keytrail-file-byte': String(first?.byte ?? 0),
      ...(this.#followsLines() ? {} : { 'keytrail-file-steps': this.#steps() }),
      ...(repeated.length > 0 ? { 'keytrail-repeated': repeated.join(',') } : {}),
      ...(tooLong.length > 0 ? { 'keytrail-too-long': tooLong.join(',') } : {}),
      ...(retries.length > 0 ? { 'keytrail-retries': retries.join(',') } : {}),
    };
  }

  #headerCharactersOf(item: CountedRecord): number {
    const previous = this.records.at(-1)?.record;
    const step = previous ? stepBetween(previous, item.record).length + 1 : 0;
    return (
      step + (item.before > 0 ? 12 : 0) + (item.record.bytes ? 0 : 20) + (item.retries ? item.retries.length + 1 : 0)
    );
  }

  /** True when line and byte of each record follow from the body alone. */
  #followsLines(): boolean {
    return this.records.every(({ record }, index) => {
      const previous = this.records[index - 1]?.record;
      if (!previous) return true;
      const follows = record.line === previous.line + 1 && record.byte === previous.byte + previous.length + 1;
      return follows && previous.bytes !== undefined;
    });
  }

  /** From each record to the next: lines and bytes further on in the file. */
  #steps(): string {
    return this.records
      .slice(1)
      .map(({ record }, index) => stepBetween(this.records[index]?.record ?? record, record))
      .join(',');
  }
}

const LINE_BREAK = Buffer.from('\n');
/** Stands in a request for a record that is too long for one. */
const STAND_IN = Buffer.from('null');

function stepBetween(from: FileRecord, to: FileRecord): string {
  return `${to.line - from.line}:${to.byte - from.byte}`;
}

function oneLine(bytes: Uint8Array): Uint8Array {
  return bytes.includes(BYTE.newline) ? bytes.map((byte) => (byte === BYTE.newline ? BYTE.space : byte)) : bytes;
}
