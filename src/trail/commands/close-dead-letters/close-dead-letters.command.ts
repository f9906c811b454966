import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { Position } from '../../../domain/position.js';

export interface DeadLettersClosed {
  readonly closed: number;
  /** Of the event that tells of it. */
  readonly position?: Position;
}

/** Says that these records need no more care, and why. Throws `TRAIL.DEAD_LETTER_NOT_FOUND` when one is not known. */
export class CloseDeadLettersCommand extends Command<DeadLettersClosed> {
  constructor(
    readonly ids: readonly string[],
    readonly reason: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
