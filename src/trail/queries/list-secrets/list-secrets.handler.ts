import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sortKeyText } from '../../domain/sort-key.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { SecretNames } from '../asking/secret-names.js';
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
    private readonly names: SecretNames,
  ) {}

  async execute({ asked, page: { limit, cursor } }: ListSecretsQuery): Promise<SecretsAnswer> {
    const question = await this.questions.prepare(asked);
    const identity = { query: 'secrets', filters: question.filters, by: BY };
    const at = await this.groups.pointOf(cursor, identity);
    const wanted = {
      by: BY,
      filter: {
        all: [question.matching, withoutEchoes(question.filters), { field: 'secret', exists: true } as const],
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
    const standIns = await this.names.standIns(found.buckets.map(({ key }) => String(key[0])));
    const secrets = found.buckets.map(({ key, count, first, last, distinct }) => {
      const secret = String(key[0]);
      const sameAs = standIns.get(secret);
      return {
        secret,
        ...(sameAs !== undefined && { sameAs }),
        events: count,
        actors: distinct['subject'] ?? 0,
        first: sortKeyText(first),
        last: sortKeyText(last),
      };
    });
    return { secrets, secretsInAll: found.groups, ...(next !== undefined && { next }), ...answer };
  }
}
