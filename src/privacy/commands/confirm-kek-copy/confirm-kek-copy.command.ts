import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { KekStatus } from '../../queries/kek-status/kek-status.query.js';

/** The operator says that a copy of the present key-encryption key is kept elsewhere. */
export class ConfirmKekCopyCommand extends Command<KekStatus> {
  constructor(readonly caller: Caller) {
    super();
  }
}
