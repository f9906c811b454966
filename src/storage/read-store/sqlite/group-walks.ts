import { hash } from 'node:crypto';
import type { LogPoint } from '../../../domain/position.js';
import type { ViewAggregation } from '../read-store.port.js';
import type { SortedGroups } from './sorted-groups.js';

/** How long groups are kept for the next page. */
const KEPT_MS = 60_000;

/** All groups of one question, as of the state in which they were counted. */
export interface CountedGroups {
  readonly groups: SortedGroups;
  readonly total: number;
  readonly asOf: LogPoint;
}

/**
 * Keeps the groups of the last question that goes on page by page: a walk through a hundred thousand groups counts them
 * once, and sees one state.
 */
export class GroupWalks {
  #key = '';
  #kept: CountedGroups | undefined;
  #timer: NodeJS.Timeout | undefined;

  find(generation: number, aggregation: ViewAggregation): CountedGroups | undefined {
    return aggregation.after && this.#key === keyOf(generation, aggregation) ? this.#kept : undefined;
  }

  /** Keeps groups of which there are more pages. */
  keep(generation: number, aggregation: ViewAggregation, counted: CountedGroups): void {
    clearTimeout(this.#timer);
    this.#key = keyOf(generation, aggregation);
    this.#kept = counted;
    this.#timer = setTimeout(() => {
      this.#kept = undefined;
    }, KEPT_MS).unref();
  }
}

/** A hash: values that count as others may be many. */
function keyOf(generation: number, { filter, by, distinct, countAs }: ViewAggregation): string {
  const counted = countAs ? [countAs.field, ...countAs.values] : [];
  return hash('sha256', JSON.stringify([generation, filter ?? null, by, distinct ?? [], counted]));
}
