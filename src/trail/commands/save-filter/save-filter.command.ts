import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import type { PresentedFilter } from '../../saved-filters/presented-filter.js';

/**
 * Saves a filter for everyone, under an id. An actor named in it is kept by subject. Throws `ACCESS.DENIED` for terms
 * that its owner could not ask by.
 */
export class SaveFilterCommand extends Command<PresentedFilter> {
  constructor(
    readonly title: string,
    readonly filter: TrailFilter,
    readonly caller: Caller,
  ) {
    super();
  }
}
