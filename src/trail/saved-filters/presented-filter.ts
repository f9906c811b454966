import type { Caller } from '../../domain/caller.js';
import { identifyingTerms, joinFilter } from '../domain/personal-filter.js';
import type { TrailFilter } from '../domain/trail-filter.js';
import type { SavedFilter } from './saved-filter.js';

/** A saved filter as callers see it. */
export interface PresentedFilter {
  readonly id: string;
  /** Its owner's words; absent for those who may not see identities, and once its owner was forgotten. */
  readonly title?: string;
  readonly createdAt: string;
  /** The subject of whoever saved it. */
  readonly createdBy?: string;
  readonly filter: TrailFilter;
  /** True when terms are not shown here: they hold for whoever may use the filter all the same. */
  readonly withheld: boolean;
}

/** Titles and names in terms are for those who may see identities; the rest of a filter is for all. */
export function presentFilter({ id, stored, sealed }: SavedFilter, caller: Caller): PresentedFilter {
  const { open, createdAt, createdBy } = stored;
  const identities = caller.principal.permissions.has('identities:read');
  const whole = joinFilter({ open, ...(sealed?.personal && { personal: sealed.personal }) });
  const shown = identities || identifyingTerms(whole).length === 0;
  return {
    id,
    ...(identities && sealed && { title: sealed.title }),
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
    filter: shown ? whole : open,
    withheld: stored.personal && !(shown && sealed),
  };
}
