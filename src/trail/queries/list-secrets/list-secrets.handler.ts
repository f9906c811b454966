import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sortKeyText } from '../../domain/sort-key.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { ListSecretsQuery, type SecretsAnswer } from './list-secrets.query.js';

const BY = ['secret'];

@QueryHandler(ListSecretsQuery)
export class ListSecretsHandler implements IQueryHandler<ListSecretsQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly groups: GroupPages,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ asked, page: { limit, cursor } }: ListSecretsQuery): Promise<SecretsAnswer> {
    const question = await this.questions.prepare(asked);
    const identity = { query: 'secrets', filters: question.filters, by: BY };
    const at = await this.groups.pointOf(cursor, identity);
    const matching = await this.questions.matching(question.filters, at.asOf);
    const wanted = {
      by: BY,
      filter: {
        all: [matching, withoutEchoes(question.filters), { field: 'secret', exists: true } as const],
      },
      distinct: ['subject'],
      order: 'key' as const,
      limit,
      ...(cursor !== undefined && { cursor }),
    };
    const facts = { ...question, query: 'secrets', identities: false, asOf: at.asOf };
    const [answer, { found, next }] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask(facts, () => this.groups.page(wanted, identity, at)),
    ]);
    const secrets = found.buckets.map(({ key, count, first, last, distinct }) => ({
      secret: String(key[0]),
      events: count,
      actors: distinct['subject'] ?? 0,
      first: sortKeyText(first),
      last: sortKeyText(last),
    }));
    return { secrets, secretsInAll: found.groups, ...(next !== undefined && { next }), ...answer };
  }
}
