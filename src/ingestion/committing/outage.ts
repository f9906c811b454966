import type { InterruptedDetails, InterruptionCause } from '../../domain/details.js';

/** A crowd that is turned away again and again is told of this often, not with every commit. */
const CROWD_MS = 10_000;

/** What was refused since the last commit that told of it, and for how long the service did not run before. */
export class Outage {
  #downFrom: number | undefined;
  #from: number | undefined;
  #refused = 0;
  #storageFailed = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** The service has not run since then. Milliseconds since 1970. */
  wasDown(from: number): void {
    this.#downFrom = from;
  }

  /** No commit has told yet that the service did not run. */
  get owesDown(): boolean {
    return this.#downFrom !== undefined;
  }

  /** @param now milliseconds since 1970 */
  refused(now: number, cause: Exclude<InterruptionCause, 'down'>): void {
    this.#from ??= now;
    this.#refused += 1;
    this.#storageFailed ||= cause === 'storage';
  }

  /** What the commit of this moment must tell. */
  due(now: number): readonly InterruptedDetails[] {
    const down = this.#downFrom;
    const refusals = this.#refusals(now);
    return [
      ...(down === undefined ? [] : [{ from: isoOf(down), to: isoOf(now), refused: 0, cause: 'down' as const }]),
      ...(refusals ? [refusals] : []),
    ];
  }

  /** The commit that told it is durable; what was refused meanwhile is told later. */
  told(interruptions: readonly InterruptedDetails[], now: number): void {
    for (const { cause, refused } of interruptions) {
      if (cause === 'down') this.#downFrom = undefined;
      else this.#toldOf(refused, now);
    }
  }

  #refusals(now: number): InterruptedDetails | undefined {
    if (this.#from === undefined) return undefined;
    if (!this.#storageFailed && now - this.#toldAt < CROWD_MS) return undefined;
    const cause = this.#storageFailed ? 'storage' : 'bound';
    return { from: isoOf(this.#from), to: isoOf(now), refused: this.#refused, cause };
  }

  #toldOf(refused: number, now: number): void {
    this.#toldAt = now;
    this.#refused -= refused;
    this.#from = this.#refused > 0 ? now : undefined;
    this.#storageFailed &&= this.#refused > 0;
  }
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
