/** Tells when nothing was heard for so long, counted from its making; again after the next word. */
export class SilenceWatch {
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number, onSilence: () => void) {
    this.#timer = setTimeout(onSilence, milliseconds).unref();
  }

  heard(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
