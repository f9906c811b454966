/** Where a segment's documents lie in time; nothing is known of the newest one, which is not full. */
export interface SegmentSpan {
  readonly segment: number;
  readonly low?: string | undefined;
  readonly high?: string | undefined;
}

/** A segment on the way of a page. */
export interface TimedSegment {
  readonly segment: number;
  /** None of its documents stands before this time on the page; nothing is known where it is absent. */
  readonly begins?: string | undefined;
  /** None stands behind this time. */
  readonly ends?: string | undefined;
}

/** Segments in the order in which a page meets them; those of which nothing is known come first. */
export function inPageOrder(spans: readonly SegmentSpan[], ascending: boolean): readonly TimedSegment[] {
  return spans
    .map(({ segment, low, high }) =>
      ascending ? { segment, begins: low, ends: high } : { segment, begins: high, ends: low },
    )
    .sort((left, right) => {
      if (left.begins === right.begins) return left.segment - right.segment;
      if (left.begins === undefined) return -1;
      if (right.begins === undefined) return 1;
      return left.begins < right.begins === ascending ? -1 : 1;
    });
}

/** The first segments of a page, which have to be looked at whatever is found in them. */
export interface PageStart {
  readonly segments: number;
  /** How many candidates stand in them. */
  readonly candidates: number;
}

/**
 * As many segments as hold a page of `limit`, and those whose documents may stand between theirs: all of them where what
 * was recorded does not follow the time.
 */
export function pageStart(
  order: readonly TimedSegment[],
  countIn: (segment: number) => number,
  { limit, ascending }: { readonly limit: number; readonly ascending: boolean },
): PageStart {
  const isPast = (time: string | undefined, reach: string | undefined): boolean =>
    time !== undefined && reach !== undefined && time !== reach && time > reach === ascending;
  let candidates = 0;
  let reach: string | undefined;
  for (const [place, { segment, begins, ends }] of order.entries()) {
    if (candidates >= limit && isPast(begins, reach)) return { segments: place, candidates };
    if (candidates < limit && (reach === undefined || isPast(ends, reach))) reach = ends;
    candidates += countIn(segment);
  }
  return { segments: order.length, candidates };
}
