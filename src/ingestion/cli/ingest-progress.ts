import type { Terminal } from '../../platform/cli/terminal.js';
import type { IngestCounts } from './ingest-counts.js';
import type { InputFile } from './input-file.js';

/** How far a command has come: a bar over all its files, or a count where their size is unknown. */
export class IngestProgress {
  readonly #started: number;
  readonly #total: number | undefined;

  constructor(
    private readonly files: readonly InputFile[],
    private readonly terminal: Terminal,
    private readonly now: () => number,
  ) {
    this.#started = now();
    const sizes = files.map(({ size }) => size);
    this.#total = sizes.includes(undefined) ? undefined : sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
  }

  show(file: InputFile, counts: IngestCounts): void {
    const seconds = Math.max(0.001, (this.now() - this.#started) / 1000);
    const read = this.files.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    const share = this.#total === undefined || this.#total === 0 ? undefined : read / this.#total;
    const left = share === undefined || share === 0 ? '' : `, ${Math.ceil((seconds * (1 - share)) / share)} s left`;
    const rate = Math.round(counts.read / seconds);
    this.terminal.progress.show(`${file.name}: ${counts.read} records, ${rate}/s${left}`, share);
  }
}
