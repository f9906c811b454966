import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { PresentedEvent } from '../../domain/presented-event.js';
import type { Answer } from '../asking/asked.js';

export interface EventAnswer extends Answer {
  /** The event of that id; or, where it was answered or corrected since, the event that stands for it now. */
  readonly event: PresentedEvent;
}

/** One event by its id. Throws `TRAIL.EVENT_NOT_FOUND`. */
export class FindEventQuery extends Query<EventAnswer> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
