import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { DeleteFilterCommand } from '../commands/delete-filter/delete-filter.command.js';
import { SaveFilterCommand } from '../commands/save-filter/save-filter.command.js';
import { FindFilterQuery } from '../queries/find-filter/find-filter.query.js';
import { ListFiltersQuery, type FiltersAnswer } from '../queries/list-filters/list-filters.query.js';
import type { PresentedFilter } from '../saved-filters/presented-filter.js';
import { filterOf, pageOf } from './asked-of.js';
import { PageDto } from './page.dto.js';
import { refuseUnknownTerms } from './refuse-unknown-terms.js';
import { SaveFilterDto } from './save-filter.dto.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { RECORDING_ERRORS, STORE_ERRORS, VIEW_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { PathText } from '../../platform/http/schemas/path-text.decorator.js';
import { FILTER_ID, SAVED_FILTER, SAVED_FILTERS } from './schemas/filter-schemas.js';

@ApiTags('trail')
@Controller('v1/filters')
export class FiltersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @ApiOperation({ summary: 'The saved filters' })
  @AnswersWith(SAVED_FILTERS, 'In order of saving')
  @FailsWith(...RECORDING_ERRORS, 'TRAIL.INVALID_CURSOR')
  @Requires('events:read')
  @Get()
  list(@Query() query: PageDto, @CurrentCaller() caller: Caller): Promise<FiltersAnswer> {
    return this.queries.execute(new ListFiltersQuery(pageOf(query), caller));
  }

  @ApiOperation({ summary: 'Save a filter for everyone, under an id that any question can name' })
  @AnswersWith(SAVED_FILTER, 'The saved filter', 201)
  @FailsWith(...VIEW_ERRORS, 'STORAGE.VERSION_CONFLICT', 'TRAIL.INVALID_FILTER')
  @Requires('filters:write')
  @Post()
  save(@Body() body: SaveFilterDto, @CurrentCaller() caller: Caller): Promise<PresentedFilter> {
    refuseUnknownTerms(body.filter);
    return this.commands.execute(new SaveFilterCommand(body.title, filterOf(body.filter), caller));
  }

  @ApiOperation({ summary: 'One saved filter' })
  @PathText('id', FILTER_ID)
  @AnswersWith(SAVED_FILTER, 'The saved filter')
  @FailsWith(...RECORDING_ERRORS, 'TRAIL.FILTER_NOT_FOUND')
  @Requires('events:read')
  @Get(':id')
  find(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<PresentedFilter> {
    return this.queries.execute(new FindFilterQuery(id, caller));
  }

  @ApiOperation({ summary: 'Delete a saved filter for everyone' })
  @PathText('id', FILTER_ID)
  @ApiNoContentResponse({ description: 'It is deleted' })
  @FailsWith(...STORE_ERRORS, 'STORAGE.VERSION_CONFLICT', 'TRAIL.FILTER_NOT_FOUND')
  @Requires('filters:write')
  @HttpCode(204)
  @Delete(':id')
  async delete(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<void> {
    await this.commands.execute(new DeleteFilterCommand(id, caller));
  }
}
