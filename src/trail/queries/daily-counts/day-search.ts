import { utcDay } from '../../../domain/timestamp.js';
import { KeytrailError } from '../../../domain/errors.js';
import type { ViewAggregation, ViewBuckets } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { dayNumber, dayStart } from '../../domain/days.js';
import { sortKeyAt } from '../../domain/sort-key.js';
import { dayText } from '../asking/day-text.js';
import { countDays, type DaySpan } from './count-days.js';
import type { DayCounts } from './daily-counts.query.js';

/** Days and groups of (day, action, outcome) that an answer holds. */
export interface DayLimits {
  readonly days: number;
  readonly groups: number;
}

/** Milliseconds since 1970, `to` exclusive. */
export interface OpenPeriod {
  readonly from?: number;
  readonly to?: number;
}

export interface CountedDays {
  readonly days: readonly DayCounts[];
  /** Events before and after the days, which the days leave out. */
  readonly earlier: number;
  readonly later: number;
}

/** Aggregates what is asked about, narrowed by the filter. */
export type Aggregate = (wanted: Pick<ViewAggregation, 'by' | 'limit' | 'order'> & Between) => Promise<ViewBuckets>;

interface Between {
  readonly filter: ViewFilter;
}

const BY = ['time:day', 'action', 'outcome'];

/**
 * Counts by day. Where a period is open, no single event decides how long the answer is: it ends today at the latest,
 * and begins as early as its limits allow.
 */
export class DaySearch {
  constructor(
    private readonly aggregate: Aggregate,
    private readonly limits: DayLimits,
  ) {}

  /** Throws `TRAIL.INVALID_FILTER` where the period itself says more days than an answer holds. */
  async count(period: OpenPeriod, now: number): Promise<CountedDays> {
    const span = await this.#spanOf(period, utcDay(now));
    if (!span) return { days: [], earlier: 0, later: period.to === undefined ? await this.#from(utcDay(now) + 1) : 0 };
    if (span.last - span.first >= this.limits.days) throw this.#tooMany();
    const { buckets, first } = await this.#groups(span, period.from === undefined);
    return {
      days: countDays(buckets, { first, last: span.last }),
      earlier: period.from === undefined ? await this.#total({ field: 'time', before: keyOf(first) }) : 0,
      later: period.to === undefined ? await this.#from(span.last + 1) : 0,
    };
  }

  async #spanOf({ from, to }: OpenPeriod, today: number): Promise<DaySpan | undefined> {
    const first = from === undefined ? undefined : utcDay(from);
    const last = to === undefined ? undefined : utcDay(to - 1);
    if (first !== undefined && last !== undefined) return { first, last };
    const end = last ?? today;
    const filter = { field: 'time', before: keyOf(end + 1) };
    const [seen] = (await this.aggregate({ by: [], filter, limit: 1 })).buckets;
    if (!seen) return undefined;
    const lastShown = last ?? dayOf(seen.last);
    return { first: first ?? Math.max(dayOf(seen.first), lastShown - this.limits.days + 1), last: lastShown };
  }

  /** With fewer days, the newest, until their groups fit; a period that says where it begins is not shortened. */
  async #groups(
    { first, last }: DaySpan,
    mayShorten: boolean,
  ): Promise<Pick<ViewBuckets, 'buckets'> & { readonly first: number }> {
    const time = { field: 'time', from: keyOf(first), before: keyOf(last + 1) };
    const { buckets, groups } = await this.aggregate({ by: BY, filter: time, order: 'key', limit: this.limits.groups });
    if (groups <= this.limits.groups) return { buckets, first };
    if (!mayShorten || first === last) throw this.#tooMany();
    return this.#groups({ first: last - Math.floor((last - first) / 2), last }, mayShorten);
  }

  #from(day: number): Promise<number> {
    return this.#total({ field: 'time', from: keyOf(day) });
  }

  async #total(filter: ViewFilter): Promise<number> {
    return (await this.aggregate({ by: [], filter, limit: 1 })).total;
  }

  #tooMany(): KeytrailError {
    return new KeytrailError('TRAIL.INVALID_FILTER', {
      errors: [`from, to: at most ${this.limits.days} days at once`],
    });
  }
}

function dayOf(sortKey: string): number {
  return dayNumber(dayText(sortKey));
}

/** Beyond the last day that a sort key can name everything is earlier. */
function keyOf(day: number): string {
  return day > LAST_DAY ? AFTER_ALL : sortKeyAt(dayStart(day));
}

const LAST_DAY = dayNumber('9999-12-31');
const AFTER_ALL = '~';
