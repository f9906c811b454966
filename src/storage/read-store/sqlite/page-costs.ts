/** What parts of a search for a page cost beside each other. They decide on the way, never on the answer. */
export interface PageCosts {
  /** Segments of which the index is asked first; then twice as many at a time. */
  readonly firstSegments: number;
  /** To read more postings than this for one condition at once takes longer than to look at the documents. */
  readonly postings: number;
  /** Fetching a match takes as long as walking past so many documents. */
  readonly fetch: number;
  /** What a walk takes at least, as it asks the index about every segment that it meets. */
  readonly leastWalk: number;
  /** Documents that a walk may pass before another way is tried. */
  readonly leastPatience: number;
  readonly mostPatience: number;
}

export const PAGE_COSTS: PageCosts = {
  firstSegments: 4,
  postings: 8_000,
  fetch: 12,
  leastWalk: 2_000,
  leastPatience: 20_000,
  mostPatience: 200_000,
};
