import { Command } from '@nestjs/cqrs';

/**
 * Builds views anew from the log, beside what queries see; each takes its view's place when it has caught up. Its
 * progress is in the projector's status. Resolves when the builds have begun.
 */
export class RebuildViewsCommand extends Command<undefined> {
  /** @param views names; default all */
  constructor(readonly views?: readonly string[]) {
    super();
  }
}
