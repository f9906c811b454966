import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Projector } from '../../projector.port.js';
import { RebuildViewsCommand } from './rebuild-views.command.js';

@CommandHandler(RebuildViewsCommand)
export class RebuildViewsHandler implements ICommandHandler<RebuildViewsCommand> {
  constructor(private readonly projector: Projector) {}

  async execute({ views }: RebuildViewsCommand): Promise<undefined> {
    await this.projector.rebuild(views);
    return undefined;
  }
}
