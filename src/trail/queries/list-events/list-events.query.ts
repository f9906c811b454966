import { Query } from '@nestjs/cqrs';
import type { LogPoint } from '../../../domain/position.js';
import type { PresentedEvent } from '../../domain/presented-event.js';
import type { Asked, PagedAnswer, PageRequest } from '../asking/asked.js';

export interface EventsPageRequest extends PageRequest {
  /** Default the newest first. */
  readonly ascending?: boolean;
  /** Only what was recorded from this point on; for following. */
  readonly since?: LogPoint;
}

export interface EventsAnswer extends PagedAnswer {
  readonly events: readonly PresentedEvent[];
}

/**
 * The events that match, by (time, id). A page goes on exactly where the one before ended, however many events share a
 * moment, and shows nothing recorded after the first page was asked for.
 */
export class ListEventsQuery extends Query<EventsAnswer> {
  constructor(
    readonly asked: Asked,
    readonly page: EventsPageRequest,
  ) {
    super();
  }
}
