import { Query } from '@nestjs/cqrs';
import type { ActTally } from '../../domain/act-tally.js';
import type { PresentedEvent } from '../../domain/presented-event.js';
import type { Asked, PagedAnswer } from '../asking/asked.js';
import type { EventsPageRequest } from '../list-events/list-events.query.js';

/** A version that an event named, the latest event that did. */
export interface SecretVersion {
  readonly version: string;
  readonly action: string;
  readonly eventId: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface SecretTimelineAnswer extends PagedAnswer {
  readonly secret: string;
  /** Other uids of the same secret; their events are here too. */
  readonly aliases: readonly string[];
  /** Over all matching events, echoes left out. Times in RFC 3339. */
  readonly summary: ActTally;
  /** Made by changes that succeeded, the newest first. */
  readonly versions: readonly SecretVersion[];
  /** True when there were more changes than were looked at for versions. */
  readonly moreVersions: boolean;
  readonly events: readonly PresentedEvent[];
}

/** What happened to one secret: reads, changes, versions, rotations, last read, and every event. */
export class SecretTimelineQuery extends Query<SecretTimelineAnswer> {
  constructor(
    /** The secret's uid or path, taken as it is: no wildcards. */
    readonly secret: string,
    readonly asked: Asked,
    readonly page: Omit<EventsPageRequest, 'since'>,
  ) {
    super();
  }
}
