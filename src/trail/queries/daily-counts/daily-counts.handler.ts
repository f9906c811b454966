import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { periodOf } from '../../domain/filter-period.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { DailyCountsQuery, type DailyCountsAnswer } from './daily-counts.query.js';
import { DaySearch } from './day-search.js';

/** Ten years and a bit. */
const LIMITS = { days: 3_700, groups: 100_000 };

@QueryHandler(DailyCountsQuery)
export class DailyCountsHandler implements IQueryHandler<DailyCountsQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly groups: GroupPages,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ asked }: DailyCountsQuery): Promise<DailyCountsAnswer> {
    const given = await this.questions.prepare(asked);
    const { filters } = given;
    const at = await this.points.now();
    const matching = await this.questions.matching(filters, at.asOf);
    const filter = { all: [matching, withoutEchoes(filters)] };
    const facts = { ...given, query: 'daily-counts', identities: false, asOf: at.asOf };
    const search = new DaySearch(async ({ filter: narrowed, ...wanted }) => {
      const groups = { ...wanted, filter: { all: [filter, narrowed] } };
      return (await this.groups.page(groups, { query: 'daily-counts', filters, by: wanted.by }, at)).found;
    }, LIMITS);
    const [answer, { days, earlier, later }] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask(facts, () => search.count(periodOf(filters), at.askedAt)),
    ]);
    return {
      days,
      events: days.reduce((sum, { events }) => sum + events, earlier + later),
      ...(earlier > 0 && { earlier }),
      ...(later > 0 && { later }),
      withoutEchoes: !filters.some(({ echoes }) => echoes),
      ...answer,
    };
  }
}
