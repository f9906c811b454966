import { KeytrailError } from '../domain/errors.js';

const HOUR_MS = 3_600_000;

/**
 * How many subjects may be new within one hour. A flood of them is a mistake (a session name taken for a person) or an
 * attack on the state store, and nothing can take them out of the log again.
 */
export class NewSubjectAllowance {
  #hour = -1;
  #used = 0;

  constructor(private readonly perHour: number) {}

  /**
   * Takes `count` from the hour's allowance.
   * @param now milliseconds since 1970.
   * @throws KeytrailError PRIVACY.TOO_MANY_SUBJECTS when that is more than is left; nothing is taken then.
   */
  take(count: number, now: number): void {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#used = 0;
    }
    if (this.#used + count > this.perHour) {
      const retryAfter = Math.ceil(((hour + 1) * HOUR_MS - now) / 1000);
      throw new KeytrailError('PRIVACY.TOO_MANY_SUBJECTS', { limit: this.perHour, retryAfter });
    }
    this.#used += count;
  }
}
