import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { JsonObject } from '../../../domain/canonical-json.js';
import type { SavedFilterDetails } from '../../../domain/details.js';
import { KeytrailError } from '../../../domain/errors.js';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../../../platform/clock.js';
import { StateStore } from '../../../storage/state-store/state-store.port.js';
import { FilterPrivacy } from '../../queries/asking/filter-privacy.js';
import { Questions } from '../../queries/asking/questions.js';
import { FilterSeal } from '../../saved-filters/filter-seal.js';
import { presentFilter, type PresentedFilter } from '../../saved-filters/presented-filter.js';
import { newSavedFilterId } from '../../saved-filters/saved-filter-id.js';
import type { SealedPart, StoredFilter } from '../../saved-filters/saved-filter.js';
import { SAVED_FILTERS } from '../../saved-filters/saved-filters.js';
import { SaveFilterCommand } from './save-filter.command.js';

@CommandHandler(SaveFilterCommand)
export class SaveFilterHandler implements ICommandHandler<SaveFilterCommand> {
  constructor(
    private readonly questions: Questions,
    private readonly privacy: FilterPrivacy,
    private readonly seal: FilterSeal,
    private readonly state: StateStore,
    private readonly outbox: OutboxEvents,
    private readonly clock: Clock,
  ) {}

  async execute({ title, filter, caller }: SaveFilterCommand): Promise<PresentedFilter> {
    await this.questions.prepare({ filter, saved: [], caller });
    const { open, personal } = await this.privacy.split(filter);
    const now = this.clock.now();
    const id = newSavedFilterId(now);
    const sealed: SealedPart = { title, ...(personal && { personal }) };
    const key = await this.seal.keyOf(caller);
    const stored: StoredFilter = {
      v: 1,
      createdAt: now.toISOString(),
      ...(key.subject !== undefined && { createdBy: key.subject }),
      open,
      sealed: this.seal.seal(id, sealed, key),
      personal: personal !== undefined,
    };
    const details: SavedFilterDetails = { id, filter: open as JsonObject };
    const event = await this.outbox.prepare({ action: 'keytrail.filter_saved', outcome: 'success', details }, caller);
    const place = { collection: SAVED_FILTERS, id, expected: 0 };
    const written = await this.state.put({ ...place, value: stored as unknown as JsonObject, events: [event] });
    if (!written) throw new KeytrailError('STORAGE.VERSION_CONFLICT');
    this.outbox.notify();
    return presentFilter({ id, stored, sealed }, caller);
  }
}
