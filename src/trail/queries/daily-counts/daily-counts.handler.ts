import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { periodOf } from '../../domain/filter-period.js';
import { dayText } from '../asking/day-text.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { countDays, spanOf } from './count-days.js';
import { DailyCountsQuery, type DailyCountsAnswer } from './daily-counts.query.js';

const BY = ['time:day', 'action', 'outcome'];
/** Ten years and a bit. */
const DAYS_LIMIT = 3_700;
const GROUPS_LIMIT = 100_000;

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
    const [answer, { found }] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask(facts, () =>
        this.groups.page(
          { by: BY, filter, order: 'key', limit: GROUPS_LIMIT },
          { query: 'daily-counts', filters, by: BY },
          at,
        ),
      ),
    ]);
    const { from, to } = periodOf(filters);
    const days = found.buckets.map(({ key }) => dayText(String(key[0])));
    const span = spanOf(days, from, to);
    if ((span && span.last - span.first >= DAYS_LIMIT) || found.groups > GROUPS_LIMIT) {
      throw new KeytrailError('TRAIL.INVALID_FILTER', { errors: [`from, to: at most ${DAYS_LIMIT} days at once`] });
    }
    const withoutEchoesShown = !filters.some(({ echoes }) => echoes);
    return { days: countDays(found.buckets, span), events: found.total, withoutEchoes: withoutEchoesShown, ...answer };
  }
}
