import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../../../platform/clock.js';
import { StateStore } from '../../../storage/state-store/state-store.port.js';
import { KEK_DOCUMENT, type KekDocument } from '../../kek/kek-document.js';
import { KekStatusReader } from '../../kek/kek-status-reader.js';
import type { KekStatus } from '../../queries/kek-status/kek-status.query.js';
import { ConfirmKekCopyCommand } from './confirm-kek-copy.command.js';

@CommandHandler(ConfirmKekCopyCommand)
export class ConfirmKekCopyHandler implements ICommandHandler<ConfirmKekCopyCommand> {
  constructor(
    private readonly state: StateStore,
    private readonly outbox: OutboxEvents,
    private readonly clock: Clock,
    private readonly status: KekStatusReader,
  ) {}

  async execute({ caller }: ConfirmKekCopyCommand): Promise<KekStatus> {
    const stored = await this.state.get(KEK_DOCUMENT);
    if (!stored) throw new KeytrailError('PRIVACY.KEK_MISSING');
    const document = stored.value as KekDocument;
    const value: KekDocument = { ...document, copyConfirmedAt: this.clock.now().toISOString() };
    const details = { kekId: document.kekId };
    const event = await this.outbox.prepare(
      { action: 'keytrail.kek_copy_confirmed', outcome: 'success', details },
      caller,
    );
    const written = await this.state.put({ ...KEK_DOCUMENT, expected: stored.version, value, events: [event] });
    if (!written) throw new KeytrailError('STORAGE.VERSION_CONFLICT', { document: 'kek' });
    this.outbox.notify();
    return this.status.read();
  }
}
