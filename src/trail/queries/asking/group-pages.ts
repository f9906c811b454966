import { Injectable } from '@nestjs/common';
import { ReadStore, type ViewAggregation, type ViewBuckets } from '../../../storage/read-store/read-store.port.js';
import { formatCursor, readCursor } from '../../domain/cursor.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { TRAIL_EVENTS, withinScope } from '../../trail-event.view.js';
import type { AskedAt } from './asked.js';
import { SecretNames } from './secret-names.js';
import { TrailPoints } from './trail-points.js';

const SECRET = 'secret';

export interface GroupsWanted extends Omit<ViewAggregation, 'view' | 'after' | 'countAs'> {
  readonly cursor?: string;
}

/** What a cursor of a list of groups belongs to. */
export interface GroupsQuestion {
  readonly query: string;
  readonly filters: readonly TrailFilter[];
  readonly by: readonly string[];
}

export interface GroupsFound {
  readonly found: ViewBuckets;
  /** Where the next page begins; only lists in order of their keys have one. */
  readonly next?: string;
}

/**
 * Groups of the trail's events, counted, secrets under the uid that stands for them; pages in order of their keys, each
 * as of the point of the first one.
 */
@Injectable()
export class GroupPages {
  constructor(
    private readonly store: ReadStore,
    private readonly points: TrailPoints,
    private readonly names: SecretNames,
  ) {}

  async pointOf(cursor: string | undefined, question: GroupsQuestion): Promise<AskedAt> {
    return cursor === undefined ? this.points.now() : this.points.of(readCursor(cursor, question));
  }

  async page({ cursor, filter, ...wanted }: GroupsWanted, question: GroupsQuestion, at: AskedAt): Promise<GroupsFound> {
    const scope = withinScope(this.points.scopeOf(at));
    const after = cursor === undefined ? undefined : readCursor(cursor, question).after;
    const countAs = await this.#countAs(wanted, at);
    const found = await this.store.aggregate({
      ...wanted,
      ...countAs,
      view: TRAIL_EVENTS.name,
      filter: { all: [...(filter ? [filter] : []), scope] },
      ...(after && { after }),
    });
    const last = found.groups > found.buckets.length && wanted.order === 'key' ? found.buckets.at(-1) : undefined;
    return { found, ...(last && { next: formatCursor({ ...at, after: last.key }, question) }) };
  }

  /** A secret is one, whatever records call it. */
  async #countAs({ by, distinct = [] }: GroupsWanted, { asOf }: AskedAt): Promise<Pick<ViewAggregation, 'countAs'>> {
    if (![...by, ...distinct].includes(SECRET)) return {};
    const values = await this.names.standIns(asOf);
    return values.size > 0 ? { countAs: { field: SECRET, values } } : {};
  }
}
