import { Query } from '@nestjs/cqrs';
import type { PresentedEvent } from '../../domain/presented-event.js';
import type { Asked, PagedAnswer } from '../asking/asked.js';
import type { EventsPageRequest } from '../list-events/list-events.query.js';

export interface FailureGroup {
  readonly action: string;
  /** `null` where the record gives none. */
  readonly reason: string | null;
  readonly events: number;
  /** How many different known actors. */
  readonly actors: number;
  /** RFC 3339. */
  readonly first: string;
  readonly last: string;
}

export interface FailuresAnswer extends PagedAnswer {
  /** All matching failures by action and reason, the most frequent first. */
  readonly groups: readonly FailureGroup[];
  /** Echoes of attempts are left out: one attempt is one, whoever else refused behind it. */
  readonly withoutEchoes: boolean;
  readonly events: readonly PresentedEvent[];
}

/** Attempts that failed: counted by action and reason, and each of them. */
export class ListFailuresQuery extends Query<FailuresAnswer> {
  constructor(
    readonly asked: Asked,
    readonly page: Omit<EventsPageRequest, 'since'>,
  ) {
    super();
  }
}
