import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sortKeyText } from '../../domain/sort-key.js';
import { ActorNames } from '../asking/actor-names.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { ListActorsQuery, type ActorsAnswer } from './list-actors.query.js';

const BY = ['subject', 'actorKind'];

@QueryHandler(ListActorsQuery)
export class ListActorsHandler implements IQueryHandler<ListActorsQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly groups: GroupPages,
    private readonly record: QuestionRecord,
    private readonly names: ActorNames,
  ) {}

  async execute({ asked, page: { limit, cursor } }: ListActorsQuery): Promise<ActorsAnswer> {
    const question = await this.questions.prepare(asked);
    const identity = { query: 'actors', filters: question.filters, by: BY };
    const at = await this.groups.pointOf(cursor, identity);
    const matching = await this.questions.matching(question.filters, at.asOf);
    const wanted = {
      by: BY,
      filter: {
        all: [matching, withoutEchoes(question.filters), { field: 'subject', exists: true } as const],
      },
      distinct: ['secret'],
      order: 'key' as const,
      limit,
      ...(cursor !== undefined && { cursor }),
    };
    const [answer, { found, next }] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask({ ...question, query: 'actors', asOf: at.asOf }, () => this.groups.page(wanted, identity, at)),
    ]);
    const subjects = found.buckets.map(({ key }) => String(key[0]));
    const names = await this.names.of(question.identities ? subjects : []);
    const actors = found.buckets.map(({ key, count, first, last, distinct }) => {
      const actor = String(key[0]);
      const name = names.get(actor);
      return {
        actor,
        kind: String(key[1]),
        ...(name && { identity: name }),
        events: count,
        secrets: distinct['secret'] ?? 0,
        first: sortKeyText(first),
        last: sortKeyText(last),
      };
    });
    return { actors, actorsInAll: found.groups, ...(next !== undefined && { next }), ...answer };
  }
}
