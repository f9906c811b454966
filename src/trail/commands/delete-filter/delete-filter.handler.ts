import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { JsonObject } from '../../../domain/canonical-json.js';
import type { SavedFilterDetails } from '../../../domain/details.js';
import type { Caller } from '../../../domain/caller.js';
import { KeytrailError } from '../../../domain/errors.js';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { StateStore } from '../../../storage/state-store/state-store.port.js';
import { FilterSeal } from '../../saved-filters/filter-seal.js';
import type { StoredFilter } from '../../saved-filters/saved-filter.js';
import { SAVED_FILTERS, SavedFilters } from '../../saved-filters/saved-filters.js';
import { DeleteFilterCommand } from './delete-filter.command.js';

@CommandHandler(DeleteFilterCommand)
export class DeleteFilterHandler implements ICommandHandler<DeleteFilterCommand> {
  constructor(
    private readonly filters: SavedFilters,
    private readonly seal: FilterSeal,
    private readonly state: StateStore,
    private readonly outbox: OutboxEvents,
  ) {}

  async execute({ id, caller }: DeleteFilterCommand): Promise<undefined> {
    const { stored, version } = await this.filters.find(id);
    await this.#refuseOthers(stored, caller);
    const details: SavedFilterDetails = { id, filter: stored.open as JsonObject };
    const event = await this.outbox.prepare({ action: 'keytrail.filter_deleted', outcome: 'success', details }, caller);
    const place = { collection: SAVED_FILTERS, id, expected: version };
    const deleted = await this.state.put({ ...place, value: null, events: [event] });
    if (!deleted) throw new KeytrailError('STORAGE.VERSION_CONFLICT');
    this.outbox.notify();
    return undefined;
  }

  /** Filters are shared: others use one, but only who saved it or an administrator takes it away from them. */
  async #refuseOthers({ createdBy }: StoredFilter, caller: Caller): Promise<void> {
    if (caller.principal.role === 'admin') return;
    const { subject } = await this.seal.keyOf(caller);
    if (subject === undefined || subject !== createdBy)
      throw new KeytrailError('ACCESS.DENIED', { filter: 'of another' });
  }
}
