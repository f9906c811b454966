import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../domain/errors.js';
import { StateStore, type StateDocument } from '../../storage/state-store/state-store.port.js';
import { joinFilter } from '../domain/personal-filter.js';
import type { TrailFilter } from '../domain/trail-filter.js';
import { FilterSeal } from './filter-seal.js';
import type { SavedFilter, StoredFilter } from './saved-filter.js';

/** The collection of the state store that holds them. */
export const SAVED_FILTERS = 'saved-filters';

/** The filters that callers saved for themselves and others. */
@Injectable()
export class SavedFilters {
  constructor(
    private readonly state: StateStore,
    private readonly seal: FilterSeal,
  ) {}

  /** In order of saving, `after` exclusive. */
  async list(limit: number, after?: string): Promise<readonly SavedFilter[]> {
    return this.#open(await this.state.list(SAVED_FILTERS, { limit, ...(after !== undefined && { after }) }));
  }

  /** Throws `TRAIL.FILTER_NOT_FOUND`. */
  async find(id: string): Promise<SavedFilter & { readonly version: number }> {
    const document = await this.state.get({ collection: SAVED_FILTERS, id });
    const [filter] = document ? await this.#open([document]) : [];
    if (!document || !filter) throw new KeytrailError('TRAIL.FILTER_NOT_FOUND');
    return { ...filter, version: document.version };
  }

  /**
   * What the filters ask for. Throws `TRAIL.FILTER_NOT_FOUND` for one that is not there, or whose terms can't be opened
   * any more: without them it would find more than it says.
   */
  async definitions(ids: readonly string[]): Promise<readonly TrailFilter[]> {
    const filters: TrailFilter[] = [];
    for (const id of ids) {
      const { stored, sealed } = await this.find(id);
      if (stored.personal && !sealed) throw new KeytrailError('TRAIL.FILTER_NOT_FOUND', { reason: 'withheld' });
      filters.push(joinFilter({ open: stored.open, ...(sealed?.personal && { personal: sealed.personal }) }));
    }
    return filters;
  }

  async #open(documents: readonly StateDocument[]): Promise<readonly SavedFilter[]> {
    // The documents are only ever written by this room, so their shape is trusted.
    const filters = documents.map(({ id, value }) => ({ id, stored: value as unknown as StoredFilter }));
    const parts = await this.seal.open(filters.map(({ id, stored }) => ({ id, sealed: stored.sealed })));
    return filters.map((filter, index) => {
      const sealed = parts[index];
      return { ...filter, ...(sealed && { sealed }) };
    });
  }
}
