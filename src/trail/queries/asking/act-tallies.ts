import { Injectable } from '@nestjs/common';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { tallyActs, type ActGroup, type ActTally } from '../../domain/act-tally.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { withoutEchoes } from '../filtering/filter-to-view.js';
import type { AskedAt } from './asked.js';
import { GroupPages } from './group-pages.js';

/** Every action with every outcome and reason is fewer than this. */
const GROUPS_LIMIT = 2_000;

/** Counts what happened in matching events. */
@Injectable()
export class ActTallies {
  constructor(private readonly groups: GroupPages) {}

  async tally(matching: ViewFilter, filters: readonly TrailFilter[], at: AskedAt): Promise<ActTally> {
    const by = ['action', 'outcome', 'reason'];
    const filter = { all: [matching, withoutEchoes(filters)] };
    const { found } = await this.groups.page({ by, filter, limit: GROUPS_LIMIT }, { query: 'tally', filters, by }, at);
    return tallyActs(found.buckets.map(({ key, ...counted }) => ({ ...actOf(key), ...counted })));
  }
}

/** The group's action, outcome and reason, from the parts of a key that name them. */
export function actOf(
  key: readonly (string | number | boolean | null)[],
): Pick<ActGroup, 'action' | 'outcome' | 'reason'> {
  const [action, outcome, reason = null] = key;
  return { action: String(action), outcome: String(outcome), ...(reason !== null && { reason: String(reason) }) };
}
