import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RebuildViewsCommand } from '../../consuming/commands/rebuild-views/rebuild-views.command.js';
import type { ConsumerStatus } from '../../consuming/consumer-status.js';
import { ConsumerStatuses } from '../../consuming/consumer-statuses.port.js';
import type { Caller } from '../../domain/caller.js';
import { KeytrailError } from '../../domain/errors.js';
import { RecordEventsCommand } from '../../ingestion/commands/record-events/record-events.command.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { RECORDING_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { RebuildViewsDto } from './rebuild-views.dto.js';
import { CONSUMERS } from './schemas/consumer-schemas.js';

interface ConsumersAnswer {
  readonly consumers: readonly ConsumerStatus[];
}

/** The views that answers come from: how far they are, and building them anew. */
@ApiTags('operations')
@Controller('v1/views')
export class ViewsController {
  constructor(
    private readonly statuses: ConsumerStatuses,
    private readonly commands: CommandBus,
  ) {}

  @ApiOperation({ summary: 'How far the consumers of the log and each build of a view are' })
  @AnswersWith(CONSUMERS, 'What each tells of itself')
  @Requires('diagnostics:read')
  @Get()
  progress(): ConsumersAnswer {
    return { consumers: this.statuses.statuses() };
  }

  @ApiOperation({
    summary: 'Build views anew from the log, beside what answers come from, and switch when they have caught up',
  })
  @ApiBody({ type: RebuildViewsDto, required: false })
  @AnswersWith(CONSUMERS, 'The builds have begun', 202)
  @FailsWith(...RECORDING_ERRORS, 'TRAIL.NOT_READY')
  @Requires('views:rebuild')
  @HttpCode(202)
  @Post('rebuild')
  async rebuild(@Body() { views }: RebuildViewsDto, @CurrentCaller() caller: Caller): Promise<ConsumersAnswer> {
    this.#refuseUnknown(views ?? []);
    const details = views ? { views } : {};
    const events = [{ action: 'keytrail.rebuild_requested', outcome: 'success', details }] as const;
    await this.commands.execute(new RecordEventsCommand({ form: 'own', events }, caller));
    await this.commands.execute(new RebuildViewsCommand(views));
    return this.progress();
  }

  /** Before the act is recorded: what is refused was not asked for. */
  #refuseUnknown(names: readonly string[]): void {
    const known = new Set(this.statuses.statuses().flatMap(({ views }) => views.map(({ view }) => view)));
    if (known.size === 0 || names.every((name) => known.has(name))) return;
    throw new KeytrailError('REQUEST.INVALID', { errors: [`views: each must be one of ${[...known].join(', ')}`] });
  }
}
