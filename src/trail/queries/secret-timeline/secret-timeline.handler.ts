import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Entry } from '../../../domain/entry.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { NEW_VALUES } from '../../domain/action-groups.js';
import { TRAIL_EVENTS, withinScope, type TrailEventBody } from '../../trail-event.view.js';
import { ActTallies } from '../asking/act-tallies.js';
import type { AskedAt } from '../asking/asked.js';
import { presentTally } from '../asking/presented-tally.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { SecretNames } from '../asking/secret-names.js';
import { TrailPages } from '../asking/trail-pages.js';
import { TrailPoints } from '../asking/trail-points.js';
import { SecretTimelineQuery, type SecretTimelineAnswer } from './secret-timeline.query.js';
import { secretVersions } from './secret-versions.js';

/** Changes looked at for versions, the newest. */
const CHANGES_LIMIT = 500;

@QueryHandler(SecretTimelineQuery)
export class SecretTimelineHandler implements IQueryHandler<SecretTimelineQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly pages: TrailPages,
    private readonly tallies: ActTallies,
    private readonly names: SecretNames,
    private readonly record: QuestionRecord,
    private readonly store: ReadStore,
  ) {}

  async execute({ secret, asked, page }: SecretTimelineQuery): Promise<SecretTimelineAnswer> {
    const { limit, cursor, ascending = false } = page;
    const given = await this.questions.prepare(asked);
    const filters = [{ secret: [secret] }, ...given.filters];
    const question = { query: 'secret-timeline', filters, ascending };
    const at = await this.pages.pointOf(cursor, question);
    const aliases = await this.#aliases(secret, at);
    const names = [secret, ...aliases];
    const aboutIt: ViewFilter = {
      any: [
        { field: 'secret', in: names },
        { field: 'secretPath', is: secret },
      ],
    };
    const matching = { all: [aboutIt, await this.questions.matching(given.filters, at.asOf)] };
    const wanted = { ...given, matching, limit, ascending, ...(cursor !== undefined && { cursor }) };
    const [answer, [found, summary, changes]] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask({ ...given, ...question, asOf: at.asOf }, () =>
        Promise.all([
          this.pages.page(wanted, question, at),
          this.tallies.tally(matching, filters, at),
          this.#changes(matching, at),
        ]),
      ),
    ]);
    return {
      secret,
      aliases,
      summary: presentTally(summary),
      versions: secretVersions(changes, new Set(names)),
      moreVersions: changes.length >= CHANGES_LIMIT,
      ...found,
      ...answer,
    };
  }

  async #aliases(secret: string, { asOf }: AskedAt): Promise<readonly string[]> {
    const names = await this.names.otherNames((field) => ({ field, is: secret }), asOf);
    return names.filter((name) => name !== secret);
  }

  async #changes(matching: ViewFilter, at: AskedAt): Promise<readonly Entry[]> {
    const succeeded: readonly ViewFilter[] = [
      { field: 'action', in: NEW_VALUES },
      { field: 'outcome', is: 'success' },
    ];
    const { documents } = await this.store.query({
      view: TRAIL_EVENTS.name,
      filter: { all: [matching, ...succeeded, withinScope(this.points.scopeOf(at))] },
      limit: CHANGES_LIMIT,
    });
    return documents.map(({ body }) => JSON.parse((JSON.parse(body) as TrailEventBody).entry) as Entry);
  }
}
