import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { formatCursor } from '../../domain/cursor.js';
import { isSubject } from '../../domain/subject.js';
import { ActTallies } from '../asking/act-tallies.js';
import { ActorNames } from '../asking/actor-names.js';
import type { AskedAt } from '../asking/asked.js';
import { GroupPages, type GroupsQuestion, type GroupsWanted } from '../asking/group-pages.js';
import { presentTally } from '../asking/presented-tally.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { ActorActivityQuery, type ActorActivityAnswer } from './actor-activity.query.js';
import { actorSecrets, wholeSecrets } from './actor-secrets.js';

const BY = ['secret', 'action', 'outcome', 'reason'];
/** More than one secret can have: every action with every outcome and reason. */
const GROUPS_PER_PAGE = 2_000;

@QueryHandler(ActorActivityQuery)
export class ActorActivityHandler implements IQueryHandler<ActorActivityQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly groups: GroupPages,
    private readonly tallies: ActTallies,
    private readonly actors: ActorNames,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ actor, asked, page: { limit, cursor } }: ActorActivityQuery): Promise<ActorActivityAnswer> {
    if (!isSubject(actor)) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors: ['actor: must be a subject id'] });
    const given = await this.questions.prepare(asked);
    const filters = [{ actor: [actor] }, ...given.filters];
    const question = { query: 'actor-activity', filters, by: BY };
    const at = await this.groups.pointOf(cursor, question);
    const inFilters = await this.questions.matching(given.filters, at.asOf);
    const matching = { all: [{ field: 'subject', is: actor }, inFilters] };
    const filter = { all: [matching, withoutEchoes(filters)] };
    const wanted = { by: BY, filter, limit, ...(cursor !== undefined && { cursor }) };
    const [answer, [page, summary, identities]] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask({ ...given, ...question, asOf: at.asOf }, () =>
        Promise.all([
          this.#secrets(wanted, question, at),
          this.tallies.tally(matching, filters, at),
          this.actors.of(given.identities ? [actor] : []),
        ]),
      ),
    ]);
    const identity = identities.get(actor);
    return { actor, ...(identity && { identity }), summary: presentTally(summary), ...page, ...answer };
  }

  /** Whole secrets only, at most as many as `wanted.limit`. */
  async #secrets(
    wanted: GroupsWanted,
    question: GroupsQuestion,
    at: AskedAt,
  ): Promise<Pick<ActorActivityAnswer, 'secrets' | 'next'>> {
    const { found } = await this.groups.page({ ...wanted, order: 'key', limit: GROUPS_PER_PAGE }, question, at);
    const whole = wholeSecrets(found.buckets, found.groups > found.buckets.length);
    const tallied = actorSecrets(whole);
    const shown = tallied.slice(0, wanted.limit);
    const more = shown.length < tallied.length || whole.length < found.groups;
    const last = more ? whole.findLast(({ key }) => key[0] === shown.at(-1)?.secret) : undefined;
    return {
      secrets: shown,
      ...(last && { next: formatCursor({ ...at, after: last.key }, question) }),
    };
  }
}
