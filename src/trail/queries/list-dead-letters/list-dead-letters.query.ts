import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { DeadLetter } from '../../dead-letter.view.js';
import type { PagedAnswer, PageRequest } from '../asking/asked.js';

export const DEAD_LETTER_STATES = ['open', 'closed', 'all'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

export interface DeadLettersRequest extends PageRequest {
  readonly state: DeadLetterState;
  /** Kinds of sources, instances, reasons; default all. */
  readonly sources?: readonly string[];
  readonly instances?: readonly string[];
  readonly reasons?: readonly string[];
}

export interface DeadLettersAnswer extends PagedAnswer {
  /** The newest first. File names and why a letter was closed are for those who may see identities. */
  readonly deadLetters: readonly DeadLetter[];
}

/** Records that were not understood: where each lies, never what it says. */
export class ListDeadLettersQuery extends Query<DeadLettersAnswer> {
  constructor(
    readonly request: DeadLettersRequest,
    readonly caller: Caller,
  ) {
    super();
  }
}
