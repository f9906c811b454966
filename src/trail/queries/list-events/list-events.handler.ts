import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';
import type { AskedAt } from '../asking/asked.js';
import { TrailPages } from '../asking/trail-pages.js';
import { FollowPoint } from '../asking/follow-point.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { ListEventsQuery, type EventsAnswer } from './list-events.query.js';

@QueryHandler(ListEventsQuery)
export class ListEventsHandler implements IQueryHandler<ListEventsQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly pages: TrailPages,
    private readonly follow: FollowPoint,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ asked, page }: ListEventsQuery): Promise<EventsAnswer> {
    const { limit, cursor, since, ascending = false } = page;
    const question = await this.questions.prepare(asked);
    const following = since && { since: formatLogPoint(since) };
    const identity = { query: 'events', filters: question.filters, ascending, ...following };
    const at = await this.#pointOf(await this.pages.pointOf(cursor, identity), since);
    const scope = { ...this.points.scopeOf(at), ...(since && { since }) };
    const matching = await this.questions.matching(question.filters, at.asOf);
    const wanted = { ...question, matching, limit, ascending, ...(cursor !== undefined && { cursor }) };
    const [answer, found] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask({ ...question, ...identity, asOf: at.asOf }, () =>
        this.pages.page(wanted, identity, { ...at, scope }),
      ),
    ]);
    return { ...found, ...answer };
  }

  async #pointOf(at: AskedAt, since: LogPoint | undefined): Promise<AskedAt> {
    return since ? { ...at, asOf: await this.follow.before(at, since) } : at;
  }
}
