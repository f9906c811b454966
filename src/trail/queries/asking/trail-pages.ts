import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../../domain/errors.js';
import { ReadStore, type FoundDocument } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { formatCursor, readCursor } from '../../domain/cursor.js';
import { presentEvent, type PresentedEvent } from '../../domain/presented-event.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { TRAIL_EVENTS, withinScope, type TrailEventBody, type TrailScope } from '../../trail-event.view.js';
import type { AskedAt, PageRequest } from './asked.js';
import { TrailPoints } from './trail-points.js';

export interface EventsWanted extends PageRequest {
  readonly ascending: boolean;
  readonly matching: ViewFilter;
  readonly identities: boolean;
}

/** UTF-16 units of one page's events; a page of large events holds fewer than asked for, and says that there are more. */
const PAGE_SIZE_LIMIT = 4_000_000;

/** What a cursor of an event list belongs to. */
export interface EventsQuestion {
  readonly query: string;
  readonly filters: readonly TrailFilter[];
  readonly ascending: boolean;
  /** Of a follower's list. */
  readonly since?: string;
}

export interface EventsFound {
  readonly events: readonly PresentedEvent[];
  readonly next?: string;
}

/** Pages of events by (time, id), each as of the point at which the first was asked for. */
@Injectable()
export class TrailPages {
  constructor(
    private readonly store: ReadStore,
    private readonly points: TrailPoints,
  ) {}

  /** The point that the page is to be answered at. Throws `TRAIL.INVALID_CURSOR`, `TRAIL.NOT_READY`. */
  async pointOf(cursor: string | undefined, question: EventsQuestion): Promise<AskedAt> {
    return cursor === undefined ? this.points.now() : this.points.of(readCursor(cursor, question));
  }

  async page(
    { matching, identities, ascending, limit, cursor }: EventsWanted,
    question: EventsQuestion,
    at: AskedAt & { readonly scope?: TrailScope },
  ): Promise<EventsFound> {
    const scope = at.scope ?? this.points.scopeOf(at);
    const after = cursor === undefined ? undefined : placeOf(cursor, question);
    // One more than asked for tells whether there is a next page.
    const { documents: found } = await this.store.query({
      view: TRAIL_EVENTS.name,
      filter: { all: [matching, withinScope(scope)] },
      ascending,
      ...(after && { after }),
      limit: limit + 1,
    });
    const documents = within(found.slice(0, limit));
    const last = found.length > documents.length ? documents.at(-1) : undefined;
    const events = documents.map((document) => presentEvent(bodyOf(document), identities));
    return { events, ...(last && { next: formatCursor({ ...at, after: [last.time, last.id] }, question) }) };
  }
}

/** At least one document, and no more than fit. */
function within(documents: readonly FoundDocument[]): readonly FoundDocument[] {
  let size = 0;
  const end = documents.findIndex(({ body }, index) => (size += body.length) > PAGE_SIZE_LIMIT && index > 0);
  return end < 0 ? documents : documents.slice(0, end);
}

function placeOf(cursor: string, question: EventsQuestion): { readonly time: string; readonly id: string } {
  const [time, id] = readCursor(cursor, question).after;
  if (typeof time !== 'string' || typeof id !== 'string') throw new KeytrailError('TRAIL.INVALID_CURSOR');
  return { time, id };
}

function bodyOf({ body }: FoundDocument): TrailEventBody {
  return JSON.parse(body) as TrailEventBody;
}
