import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import type { PresentedEvent } from '../domain/presented-event.js';

/** Events of one answer; the service gives fewer when they are large. */
export const PAGE_LIMIT = 500;

export interface EventPage {
  readonly events: readonly PresentedEvent[];
  /** Absent on the last page. */
  readonly next?: string;
  readonly asOf: string;
  readonly lag: { readonly events: number; readonly seconds: number };
}

/** The pages of a search one after the other, until `limit` events have been given. */
export async function* eventPages(
  client: KeytrailClient,
  parameters: URLSearchParams,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<EventPage> {
  const query = new URLSearchParams(parameters);
  let left = limit;
  for (;;) {
    query.set('limit', String(Math.min(PAGE_LIMIT, left)));
    const page = await client.get<EventPage>('/v1/events', query);
    yield page;
    left -= page.events.length;
    if (page.next === undefined || left <= 0) return;
    query.set('cursor', page.next);
  }
}
