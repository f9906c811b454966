import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sortKeyText } from '../../domain/sort-key.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPages } from '../asking/trail-pages.js';
import { TrailPoints } from '../asking/trail-points.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { ListFailuresQuery, type FailuresAnswer } from './list-failures.query.js';

const BY = ['action', 'reason'];
/** More than there are actions and reasons. */
const GROUPS_LIMIT = 1_000;
const FAILED: TrailFilter = { outcome: ['failure'] };

@QueryHandler(ListFailuresQuery)
export class ListFailuresHandler implements IQueryHandler<ListFailuresQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly pages: TrailPages,
    private readonly groups: GroupPages,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ asked, page }: ListFailuresQuery): Promise<FailuresAnswer> {
    const { limit, cursor, ascending = false } = page;
    const given = await this.questions.prepare(asked);
    const filters = [FAILED, ...given.filters];
    const question = { query: 'failures', filters, ascending };
    const at = await this.pages.pointOf(cursor, question);
    const inFilters = await this.questions.matching(given.filters, at.asOf);
    const matching = { all: [{ field: 'outcome', is: 'failure' }, inFilters, withoutEchoes(given.filters)] };
    const wanted = { ...given, matching, limit, ascending, ...(cursor !== undefined && { cursor }) };
    const counted = { by: BY, filter: matching, distinct: ['subject'], limit: GROUPS_LIMIT };
    const [answer, [events, { found }]] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask({ ...given, ...question, asOf: at.asOf }, () =>
        Promise.all([
          this.pages.page(wanted, question, at),
          this.groups.page(counted, { query: 'failures', filters, by: BY }, at),
        ]),
      ),
    ]);
    const groups = found.buckets.map(({ key: [action = null, reason = null], count, first, last, distinct }) => ({
      action: String(action),
      reason: reason === null ? null : String(reason),
      events: count,
      actors: distinct['subject'] ?? 0,
      first: sortKeyText(first),
      last: sortKeyText(last),
    }));
    return { groups, withoutEchoes: !given.filters.some(({ echoes }) => echoes), ...events, ...answer };
  }
}
