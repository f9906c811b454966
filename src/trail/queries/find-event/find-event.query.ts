import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { PresentedEvent } from '../../domain/presented-event.js';
import type { Answer } from '../asking/asked.js';
import type { AskedEvent } from './asked-event.js';

export interface EventAnswer extends Answer {
  /** The event of that id; or, where it was answered or corrected since, the event that stands for it now. */
  readonly event: PresentedEvent;
  /** Only where `event` is another one than was asked for. */
  readonly asked?: AskedEvent;
  /** Events on the log that are not shown anywhere else, because another event with their id came before; the first of them. */
  readonly doubles?: readonly PresentedEvent[];
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
