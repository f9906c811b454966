import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { isUuid } from '../../../domain/uuid.js';
import { ReadStore, type FoundDocument } from '../../../storage/read-store/read-store.port.js';
import { presentEvent } from '../../domain/presented-event.js';
import { TRAIL_EVENTS, type TrailEventBody } from '../../trail-event.view.js';
import { QuestionRecord } from '../asking/question-record.js';
import { TrailPoints } from '../asking/trail-points.js';
import { FindEventQuery, type EventAnswer } from './find-event.query.js';

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
    const [answer, document] = await Promise.all([
      this.points.answer(asOf),
      this.record.ask(facts, () => this.#find(id), { id }),
    ]);
    if (!document) throw new KeytrailError('TRAIL.EVENT_NOT_FOUND');
    return { event: presentEvent(JSON.parse(document.body) as TrailEventBody, identities), ...answer };
  }

  async #find(id: string): Promise<FoundDocument | undefined> {
    const own = await this.store.get(TRAIL_EVENTS.name, id);
    if (own) return own;
    const filter = { any: ['requestEvent', 'correction'].map((field) => ({ field, is: id })) };
    const found = await this.store.query({ view: TRAIL_EVENTS.name, filter, limit: 1 });
    return found.documents[0];
  }
}
