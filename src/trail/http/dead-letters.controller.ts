import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import {
  CloseDeadLettersCommand,
  type DeadLettersClosed,
} from '../commands/close-dead-letters/close-dead-letters.command.js';
import { ListDeadLettersQuery, type DeadLettersAnswer } from '../queries/list-dead-letters/list-dead-letters.query.js';
import { pageOf } from './asked-of.js';
import { CloseDeadLettersDto } from './close-dead-letters.dto.js';
import { ListDeadLettersDto } from './list-dead-letters.dto.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { VIEW_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { DEAD_LETTERS_ANSWER, DEAD_LETTERS_CLOSED } from './schemas/dead-letter-schemas.js';

@ApiTags('dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @ApiOperation({ summary: 'Records that were not understood: where each lies, never what it says' })
  @AnswersWith(DEAD_LETTERS_ANSWER, 'The newest first')
  @FailsWith(...VIEW_ERRORS, 'TRAIL.INVALID_CURSOR')
  @Requires('dead_letters:read')
  @Get()
  list(@Query() query: ListDeadLettersDto, @CurrentCaller() caller: Caller): Promise<DeadLettersAnswer> {
    const { state, source, instance, reason } = query;
    const request = {
      ...pageOf(query),
      state: state ?? 'open',
      ...(source && { sources: source }),
      ...(instance && { instances: instance }),
      ...(reason && { reasons: reason }),
    };
    return this.queries.execute(new ListDeadLettersQuery(request, caller));
  }

  @ApiOperation({ summary: 'Say that these need no more care, and why' })
  @AnswersWith(DEAD_LETTERS_CLOSED, 'They are closed')
  @FailsWith(...VIEW_ERRORS, 'TRAIL.DEAD_LETTER_NOT_FOUND')
  @Requires('dead_letters:write')
  @HttpCode(200)
  @Post('close')
  close(@Body() body: CloseDeadLettersDto, @CurrentCaller() caller: Caller): Promise<DeadLettersClosed> {
    return this.commands.execute(new CloseDeadLettersCommand(body.ids, body.reason, caller));
  }
}
