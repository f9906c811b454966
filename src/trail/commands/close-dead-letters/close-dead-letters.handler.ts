import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DeadLettersClosedDetails } from '../../../domain/details.js';
import { KeytrailError } from '../../../domain/errors.js';
import { RecordEventsCommand } from '../../../ingestion/commands/record-events/record-events.command.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import { DEAD_LETTERS } from '../../dead-letter.view.js';
import { CloseDeadLettersCommand, type DeadLettersClosed } from './close-dead-letters.command.js';

@CommandHandler(CloseDeadLettersCommand)
export class CloseDeadLettersHandler implements ICommandHandler<CloseDeadLettersCommand> {
  constructor(
    private readonly store: ReadStore,
    private readonly commands: CommandBus,
  ) {}

  async execute({ ids, reason, caller }: CloseDeadLettersCommand): Promise<DeadLettersClosed> {
    const letters = [...new Set(ids)];
    const unknown = letters.length - (await this.#countKnown(letters));
    if (unknown > 0) throw new KeytrailError('TRAIL.DEAD_LETTER_NOT_FOUND', { unknown });
    const details: DeadLettersClosedDetails = { ids: letters };
    const event = {
      action: 'keytrail.dead_letters_closed',
      outcome: 'success',
      details,
      personal: { text: reason },
    } as const;
    const recorded = await this.commands.execute(new RecordEventsCommand({ form: 'own', events: [event] }, caller));
    const [item] = recorded.items;
    const position = item && 'positions' in item ? item.positions[0] : undefined;
    return { closed: letters.length, ...(position && { position }) };
  }

  async #countKnown(ids: readonly string[]): Promise<number> {
    const found = await this.store.aggregate({
      view: DEAD_LETTERS.name,
      filter: { field: 'letter', in: ids },
      by: ['letter'],
      limit: 1,
    });
    return found.groups;
  }
}
