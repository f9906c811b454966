import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Entry } from '../../../domain/entry.js';
import { KeytrailError } from '../../../domain/errors.js';
import { isUuid } from '../../../domain/uuid.js';
import { ReadStore, type FoundDocument } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { presentEvent } from '../../domain/presented-event.js';
import { TRAIL_EVENTS, type SignpostBody, type TrailEventBody } from '../../trail-event.view.js';
import { QuestionRecord } from '../asking/question-record.js';
import { TrailPoints } from '../asking/trail-points.js';
import { askedFor, isOnlyAwaited } from './asked-event.js';
import { FindEventQuery, type EventAnswer } from './find-event.query.js';

const DOUBLES_SHOWN = 20;

interface Found {
  readonly event: TrailEventBody;
  readonly doubles: readonly TrailEventBody[];
}

@QueryHandler(FindEventQuery)
export class FindEventHandler implements IQueryHandler<FindEventQuery> {
  constructor(
    private readonly store: ReadStore,
    private readonly points: TrailPoints,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ id, caller }: FindEventQuery): Promise<EventAnswer> {
    // What is no id might be anything, a name too: it is not recorded.
    if (!isUuid(id)) throw new KeytrailError('TRAIL.EVENT_NOT_FOUND');
    const { asOf } = await this.points.now();
    const identities = caller.principal.permissions.has('identities:read');
    const facts = { caller, query: 'event', filters: [], identities, asOf };
    const [answer, found] = await Promise.all([
      this.points.answer(asOf),
      this.record.ask(facts, () => this.#find(id), { id }),
    ]);
    if (!found) throw new KeytrailError('TRAIL.EVENT_NOT_FOUND');
    const { event, doubles } = found;
    const shown = presentEvent(event, identities);
    const asked = askedFor(id, shown);
    return {
      event: shown,
      ...(asked && { asked }),
      ...(doubles.length > 0 && { doubles: doubles.map((double) => presentEvent(double, identities)) }),
      ...answer,
    };
  }

  async #find(id: string): Promise<Found | undefined> {
    const document = (await this.#standing(id)) ?? (await this.#answering(id));
    if (!document) return undefined;
    const event = JSON.parse(document.body) as TrailEventBody;
    if (isOnlyAwaited(id, JSON.parse(event.entry) as Entry)) return undefined;
    const ids = [...new Set([id, document.id, (JSON.parse(event.entry) as Entry).id])];
    const { documents } = await this.store.query({
      view: TRAIL_EVENTS.name,
      filter: { field: 'double', in: ids },
      ascending: true,
      limit: DOUBLES_SHOWN,
    });
    return { event, doubles: documents.map(({ body }) => JSON.parse(body) as TrailEventBody) };
  }

  /** The document of the id, or that to which the id of a correction leads. */
  async #standing(id: string): Promise<FoundDocument | undefined> {
    const document = await this.store.get(TRAIL_EVENTS.name, id);
    const standsIn = document && (JSON.parse(document.body) as Partial<SignpostBody>).standsIn;
    return standsIn === undefined ? document : this.store.get(TRAIL_EVENTS.name, standsIn);
  }

  /** A request's, which stands in the document of its response; not that of a double. */
  async #answering(id: string): Promise<FoundDocument | undefined> {
    const filter: ViewFilter = {
      all: [{ field: 'requestEvent', is: id }, { not: { field: 'double', exists: true } }],
    };
    const { documents } = await this.store.query({ view: TRAIL_EVENTS.name, filter, limit: 1 });
    return documents[0];
  }
}
