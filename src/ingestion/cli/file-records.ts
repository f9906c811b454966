import type { InputFile } from './input-file.js';
import { OccurrenceCounter } from './occurrence-counter.js';
import { RecordSplitter, type FileRecord } from './record-splitter.js';

/** Longer records are counted, not kept: no service takes a request of this size by default. */
export const LONGEST_RECORD = 16 * 1024 * 1024;

export interface NumberedRecord {
  readonly record: FileRecord;
  /** Equal records before it in the file. */
  readonly before: number;
}

/** The records of a file, in order, with what can be said only by whoever reads the whole of it. */
export class FileRecords {
  readonly #splitter = new RecordSplitter(LONGEST_RECORD);
  readonly #counter = new OccurrenceCounter();

  constructor(private readonly file: InputFile) {}

  /** True, after the last record, when an array or a wrapping ended before its bracket. */
  get torn(): boolean {
    return this.#splitter.torn;
  }

  /**
   * In chunks as they were read.
   * @throws KeytrailError CLI.FILE_UNREADABLE after every record that could be read
   */
  async *read(): AsyncGenerator<readonly NumberedRecord[]> {
    let failure: unknown;
    try {
      for await (const chunk of this.file.content()) yield this.#number(this.#splitter.push(chunk));
    } catch (error) {
      failure = error;
    }
    const rest = this.#splitter.end();
    // Where the file broke off in the middle, its last piece is no record of the file.
    if (failure !== undefined) throw failure as Error;
    yield this.#number(rest);
  }

  #number(records: readonly FileRecord[]): readonly NumberedRecord[] {
    return records.map((record) => ({ record, before: this.#counter.countBefore(record) }));
  }
}
