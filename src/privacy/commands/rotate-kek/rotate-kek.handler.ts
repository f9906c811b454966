import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../../../platform/clock.js';
import { StateStore } from '../../../storage/state-store/state-store.port.js';
import { KekFile } from '../../kek/kek-file.js';
import { KekRotation } from '../../kek/kek-rotation.js';
import { KekStatusReader } from '../../kek/kek-status-reader.js';
import { KeyEncryption } from '../../kek/key-encryption.js';
import { RotateKekCommand, type KekRotated } from './rotate-kek.command.js';

@CommandHandler(RotateKekCommand)
export class RotateKekHandler implements ICommandHandler<RotateKekCommand> {
  readonly #rotation: KekRotation;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    keyEncryption: KeyEncryption,
    file: KekFile,
    state: StateStore,
    outbox: OutboxEvents,
    private readonly clock: Clock,
    private readonly status: KekStatusReader,
  ) {
    this.#rotation = new KekRotation(keyEncryption, file, state, outbox);
  }

  async execute({ caller }: RotateKekCommand): Promise<KekRotated> {
    const run = this.#running.then(() => this.#rotation.run(caller, this.clock.now().toISOString()));
    this.#running = run.catch(() => undefined);
    const rotated = await run;
    await this.status.read();
    return rotated;
  }
}
