import { once } from 'node:events';
import { columnsOf } from './columns-of.js';
import { ProgressLine } from './progress-line.js';
import { escapeHidden, showHidden } from '../../domain/hidden-text.js';

/** One of the process's output streams. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string | Uint8Array): boolean;
  on(event: 'drain', listener: () => void): unknown;
}

/** Where a command's answer (standard output) and everything said beside it (standard error) go. */
export class Terminal {
  readonly progress: ProgressLine;

  constructor(
    private readonly output: OutputStream,
    private readonly notes: OutputStream,
  ) {
    this.progress = new ProgressLine(notes);
  }

  /** Columns to fit a table into; `undefined` when the answer goes to a file or a pipe. */
  get width(): number | undefined {
    return this.output.isTTY === true ? Math.max(40, columnsOf(this.output)) : undefined;
  }

  get isInteractive(): boolean {
    return this.notes.isTTY === true;
  }

  /** Bytes or text of the answer as they are; resolves when there is room for more. */
  async write(part: string | Uint8Array): Promise<void> {
    this.progress.clear();
    if (!this.output.write(part)) await once(this.output as NodeJS.EventEmitter & OutputStream, 'drain');
  }

  /** Lines for people. */
  async lines(lines: readonly string[]): Promise<void> {
    await this.raw(lines.map(showHidden));
  }

  /** Lines for programs, as they are. */
  async raw(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.write(`${lines.join('\n')}\n`);
  }

  async json(value: unknown): Promise<void> {
    await this.write(`${escapeHidden(JSON.stringify(value))}\n`);
  }

  /** A line on standard error. */
  note(line: string): void {
    this.progress.clear();
    this.notes.write(`${showHidden(line)}\n`);
  }
}
