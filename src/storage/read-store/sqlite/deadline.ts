import { KeytrailError } from '../../../domain/errors.js';

/** The end of a query's time. Work that may be long asks from time to time. */
export class Deadline {
  readonly #end: number;

  constructor(private readonly limitMs: number) {
    this.#end = performance.now() + limitMs;
  }

  /** Throws `STORAGE.QUERY_TOO_SLOW` when the time is up. */
  check(): void {
    if (performance.now() > this.#end) throw new KeytrailError('STORAGE.QUERY_TOO_SLOW', { limitMs: this.limitMs });
  }
}
