import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import type { ViewBucket } from '../../../storage/read-store/read-store.port.js';
import { sortKeyText } from '../../domain/sort-key.js';
import { ActorNames } from '../asking/actor-names.js';
import { GroupPages } from '../asking/group-pages.js';
import { QuestionRecord } from '../asking/question-record.js';
import type { Question } from '../asking/question.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { dayText } from '../asking/day-text.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import { CountEventsQuery, type CountGroup, type CountKey, type CountsAnswer } from './count-events.query.js';

const FIELDS: Readonly<Record<CountKey, string>> = {
  actor: 'subject',
  secret: 'secret',
  address: 'address',
  day: 'time:day',
  action: 'action',
  outcome: 'outcome',
  reason: 'reason',
  source: 'sourceKind',
  instance: 'instance',
  environment: 'environment',
};

@QueryHandler(CountEventsQuery)
export class CountEventsHandler implements IQueryHandler<CountEventsQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly groups: GroupPages,
    private readonly record: QuestionRecord,
    private readonly actors: ActorNames,
  ) {}

  async execute({ asked, request }: CountEventsQuery): Promise<CountsAnswer> {
    const { by, order, limit, cursor } = request;
    const question = await this.questions.prepare(asked);
    refuseIdentifyingKeys(by, question);
    const identity = { query: 'counts', filters: question.filters, by };
    const at = await this.groups.pointOf(cursor, identity);
    const matching = await this.questions.matching(question.filters, at.asOf);
    const wanted = {
      by: by.map((key) => FIELDS[key]),
      filter: { all: [matching, withoutEchoes(question.filters)] },
      order,
      limit,
      ...(cursor !== undefined && { cursor }),
    };
    const [answer, page] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask({ ...question, query: 'counts', asOf: at.asOf }, () => this.groups.page(wanted, identity, at), {
        by: [...by],
      }),
    ]);
    return {
      groups: await this.#present(page.found.buckets, by, question.identities),
      groupsInAll: page.found.groups,
      events: page.found.total,
      withoutEchoes: !question.filters.some(({ echoes }) => echoes),
      ...(page.next !== undefined && { next: page.next }),
      ...answer,
    };
  }

  async #present(
    buckets: readonly ViewBucket[],
    by: readonly CountKey[],
    identities: boolean,
  ): Promise<readonly CountGroup[]> {
    const groups = buckets.map((bucket) => groupOf(bucket, by));
    const names = await this.actors.of(identities ? groups.flatMap(({ key }) => key.actor ?? []) : []);
    return groups.map((group) => {
      const identity = names.get(group.key.actor ?? '');
      return { ...group, ...(identity && { identity }) };
    });
  }
}

function refuseIdentifyingKeys(by: readonly CountKey[], { identities }: Question): void {
  if (!identities && by.includes('address')) {
    throw new KeytrailError('ACCESS.DENIED', { permission: 'identities:read', terms: ['by'] });
  }
}

function groupOf({ key, count, first, last }: ViewBucket, by: readonly CountKey[]): CountGroup {
  const values = by.map((name, index) => [name, valueOf(name, key[index] ?? null)] as const);
  return { key: Object.fromEntries(values), events: count, first: sortKeyText(first), last: sortKeyText(last) };
}

function valueOf(name: CountKey, value: string | number | boolean | null): string | null {
  if (value === null) return null;
  return name === 'day' ? dayText(String(value)) : String(value);
}
