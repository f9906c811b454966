import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../../domain/errors.js';
import type { LogPoint } from '../../../domain/position.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { identifyingTerms } from '../../domain/personal-filter.js';
import { togetherFaults } from '../../domain/read-filter.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { SavedFilters } from '../../saved-filters/saved-filters.js';
import { filtersToView } from '../filtering/filter-to-view.js';
import { textMatch } from '../filtering/text-match.js';
import type { Asked } from './asked.js';
import type { Question } from './question.js';
import { SecretNames, type NameMatch } from './secret-names.js';

/** Decides whether a caller may ask what is asked, and puts it into the read store's words, over `TRAIL_EVENTS`. */
@Injectable()
export class Questions {
  constructor(
    private readonly saved: SavedFilters,
    private readonly names: SecretNames,
  ) {}

  /**
   * Throws `TRAIL.INVALID_FILTER` for filters that are too long together, `ACCESS.DENIED` for a filter that could tell who somebody is, asked by a caller who may not know, and
   * `TRAIL.FILTER_NOT_FOUND` for a saved filter that is not there or can't be opened.
   */
  async prepare({ filter, saved, caller }: Asked): Promise<Question> {
    const filters = [
      ...(await this.saved.definitions([...new Set(saved)])),
      ...(Object.keys(filter).length > 0 ? [filter] : []),
    ];
    const errors = togetherFaults(filters);
    if (errors.length > 0) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors });
    const identities = caller.principal.permissions.has('identities:read');
    if (!identities) refuseIdentifying(filters);
    return { caller, filters, identities };
  }

  /** What all of the filters match, as of a point: a name that is learned later changes no page of a list. */
  async matching(filters: readonly TrailFilter[], asOf: LogPoint): Promise<ViewFilter> {
    const terms = filters.flatMap(({ secret, not }) => [secret, not?.secret]).filter((values) => values !== undefined);
    const names = await Promise.all(terms.map((values) => this.names.otherNames(matchOf(values), asOf)));
    const others = new Map(terms.map((values, index) => [values, names[index] ?? []]));
    return filtersToView(filters, (values) => others.get(values) ?? []);
  }
}

function refuseIdentifying(filters: readonly TrailFilter[]): void {
  const terms = filters.flatMap(identifyingTerms);
  if (terms.length > 0) throw new KeytrailError('ACCESS.DENIED', { permission: 'identities:read', terms });
}

function matchOf(values: readonly string[]): NameMatch {
  return (field) => ({ any: values.map((value) => textMatch(field, value)) });
}
