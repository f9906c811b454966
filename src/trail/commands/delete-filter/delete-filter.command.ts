import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';

/** Deletes a saved filter for everyone. Throws `TRAIL.FILTER_NOT_FOUND`. */
export class DeleteFilterCommand extends Command<undefined> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
