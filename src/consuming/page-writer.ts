import type { ViewWrite } from '../storage/read-store/read-store.port.js';
import type { OpenedEvent } from './opened-event.js';
import type { EventProjection } from './projection.js';

/** What a page of events writes into one view. */
export interface PreparedPage {
  readonly writes: readonly ViewWrite[];
  /** To be called once the writes are in the view. */
  readonly applied: () => void;
}

/** Turns pages of events into a view's writes. */
export interface PageWriter {
  prepare(events: readonly OpenedEvent[]): Promise<PreparedPage>;
  /** To be called when it is not known whether the writes are in the view. */
  forget(): void;
}

/** The writer of a view whose documents follow from one event each: it remembers nothing. */
export function eventWriter(projection: EventProjection): PageWriter {
  return {
    prepare: (events) => {
      const writes = events.flatMap((event) => projection.project(event));
      return Promise.resolve({ writes, applied: () => undefined });
    },
    forget: () => undefined,
  };
}
