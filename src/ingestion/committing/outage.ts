import type { InterruptedDetails } from '../../domain/details.js';

/** A crowd that is turned away again and again is told of this often, not with every commit. */
const CROWD_MS = 10_000;

/** What was refused since the last commit that told of it. */
export class Outage {
  #from: number | undefined;
  #refused = 0;
  #storageFailed = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds since 1970. `storageFailed` = nothing could be recorded, not just this. */
  refused(now: number, storageFailed: boolean): void {
    this.#from ??= now;
    this.#refused += 1;
    this.#storageFailed ||= storageFailed;
  }

  /** What the commit of this moment must tell. */
  due(now: number): InterruptedDetails | undefined {
    if (this.#from === undefined) return undefined;
    if (!this.#storageFailed && now - this.#toldAt < CROWD_MS) return undefined;
    return { from: isoOf(this.#from), to: isoOf(now), refused: this.#refused };
  }

  /** The commit that told it is durable; what was refused meanwhile is told later. */
  told(details: InterruptedDetails, now: number): void {
    this.#toldAt = now;
    this.#refused -= details.refused;
    this.#from = this.#refused > 0 ? now : undefined;
    this.#storageFailed &&= this.#refused > 0;
  }
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
