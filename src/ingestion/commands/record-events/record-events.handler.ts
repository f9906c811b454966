import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recording } from '../../recording.js';
import { RecordEventsCommand, type RecordEventsResult } from './record-events.command.js';

@CommandHandler(RecordEventsCommand)
export class RecordEventsHandler implements ICommandHandler<RecordEventsCommand> {
  constructor(private readonly recording: Recording) {}

  execute({ delivery, caller }: RecordEventsCommand): Promise<RecordEventsResult> {
    return delivery.form === 'own'
      ? this.recording.recordOwn(delivery.events, caller)
      : this.recording.recordNative(delivery, caller);
  }
}
