import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../../domain/errors.js';
import { identifyingTerms } from '../../domain/personal-filter.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { SavedFilters } from '../../saved-filters/saved-filters.js';
import { filtersToView } from '../filtering/filter-to-view.js';
import type { Asked } from './asked.js';
import type { Question } from './question.js';
import { SecretNames } from './secret-names.js';

/** Decides whether a caller may ask what is asked, and puts it into the read store's words. */
@Injectable()
export class Questions {
  constructor(
    private readonly saved: SavedFilters,
    private readonly names: SecretNames,
  ) {}

  /**
   * Throws `ACCESS.DENIED` for a filter that could tell who somebody is, asked by a caller who may not know, and
   * `TRAIL.FILTER_NOT_FOUND` for a saved filter that is not there or can't be opened.
   */
  async prepare({ filter, saved, caller }: Asked): Promise<Question> {
    const filters = [...(await this.saved.definitions(saved)), ...(Object.keys(filter).length > 0 ? [filter] : [])];
    const identities = caller.principal.permissions.has('identities:read');
    if (!identities) refuseIdentifying(filters);
    const aliases = await this.names.aliasesOf(filters.flatMap(secretsOf));
    return { caller, filters, matching: filtersToView(filters, aliases), identities };
  }
}

function refuseIdentifying(filters: readonly TrailFilter[]): void {
  const terms = filters.flatMap(identifyingTerms);
  if (terms.length > 0) throw new KeytrailError('ACCESS.DENIED', { permission: 'identities:read', terms });
}

function secretsOf(filter: TrailFilter): readonly string[] {
  return [...(filter.secret ?? []), ...(filter.not?.secret ?? [])];
}
