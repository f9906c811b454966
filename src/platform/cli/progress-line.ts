import { columnsOf } from './columns-of.js';
import { showHidden } from '../../domain/hidden-text.js';
import { cutToWidth } from './display-width.js';

/** A stream that can tell whether it is a terminal. */
interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

const REDRAW_MS = 100;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001B[2K';

/** One line on a terminal that is drawn over and over; nothing at all where there is no terminal. */
export class ProgressLine {
  #drawnAt = 0;
  #visible = false;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = Date.now,
  ) {}

  /** Draws `text`, at most ten times a second. `share`: how much is done, 0 to 1, where that is known. */
  show(text: string, share?: number): void {
    if (this.stream.isTTY !== true || this.now() - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = this.now();
    this.#visible = true;
    const line = share === undefined ? text : `${bar(share)} ${text}`;
    this.stream.write(CLEAR_LINE + cutToWidth(showHidden(line), columnsOf(this.stream) - 1));
  }

  /** Takes the line away, so that other output does not stand behind it. */
  clear(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#drawnAt = 0;
    this.stream.write(CLEAR_LINE);
  }
}

function bar(share: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const filled = Math.round(bounded * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${String(Math.floor(bounded * 100)).padStart(3)} %`;
}
