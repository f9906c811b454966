import type { KeytrailClient } from './keytrail-client.js';

/** Items of one answer; the service may give fewer. */
const PAGE_LIMIT = 500;

/** An answer that may go on. */
export interface Paged {
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

export interface PagedRequest<Page extends Paged> {
  readonly path: string;
  readonly query?: URLSearchParams;
  /** How many items the page holds. */
  readonly count: (page: Page) => number;
  /** Items wanted in all. */
  readonly limit?: number | undefined;
}

/** The pages of a list one after the other, until there are none or `limit` items have been given. */
export async function* answerPages<Page extends Paged>(
  client: KeytrailClient,
  { path, query: given, count, limit = Number.POSITIVE_INFINITY }: PagedRequest<Page>,
): AsyncGenerator<Page> {
  const query = new URLSearchParams(given);
  let left = limit;
  for (;;) {
    query.set('limit', String(Math.min(PAGE_LIMIT, left)));
    const page = await client.get<Page>(path, query);
    yield page;
    left -= count(page);
    if (page.next === undefined || left <= 0) return;
    query.set('cursor', page.next);
  }
}
