import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { csvLine, type CsvCell } from '../domain/csv-line.js';

export interface WrittenFile {
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
}

const BUFFER_CHARACTERS = 256 * 1024;

/**
 * A CSV file (UTF-8, header first) written as its lines come, readable by the owner alone. Writing is synchronous: it
 * happens in the report's own thread.
 */
export class CsvFile {
  readonly #descriptor: number;
  readonly #hash = createHash('sha256');
  #buffered = '';
  #bytes = 0;
  #rows = 0;

  constructor(
    readonly path: string,
    header: readonly string[],
  ) {
    this.#descriptor = openSync(path, 'w', 0o600);
    this.#append(csvLine(header));
  }

  add(cells: readonly CsvCell[]): void {
    this.#rows += 1;
    this.#append(csvLine(cells));
  }

  /** Makes the file durable and tells of it. */
  close(): WrittenFile {
    this.#flush();
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    return { path: this.path, sha256: this.#hash.digest('hex'), bytes: this.#bytes, rows: this.#rows };
  }

  #append(line: string): void {
    this.#buffered += line;
    if (this.#buffered.length >= BUFFER_CHARACTERS) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#buffered, 'utf8');
    this.#buffered = '';
    this.#hash.update(bytes);
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#descriptor, bytes, written);
    }
    this.#bytes += bytes.length;
  }
}
