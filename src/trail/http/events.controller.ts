import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../domain/caller.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { CountEventsQuery, type CountsAnswer } from '../queries/count-events/count-events.query.js';
import { ExportEventsQuery } from '../queries/export-events/export-events.query.js';
import { FindEventQuery, type EventAnswer } from '../queries/find-event/find-event.query.js';
import { ListEventsQuery, type EventsAnswer } from '../queries/list-events/list-events.query.js';
import { askedOf, pageOf, pointOf } from './asked-of.js';
import { CountEventsDto } from './count-events.dto.js';
import { ExportEventsDto } from './export-events.dto.js';
import { ListEventsDto } from './list-events.dto.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { PathText } from '../../platform/http/schemas/path-text.decorator.js';
import { VIEW_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { ASKING_ERRORS, PAGING_ERRORS } from './schemas/asking-errors.js';
import { DescribesExport } from './schemas/describes-export.decorator.js';
import { COUNTS, EVENT_ANSWER, EVENT_ID, EVENTS } from './schemas/event-schemas.js';

/** Clients and proxies take a few thousand characters of headers; the end of the export says its filter at any length. */
const FILTER_HEADER_LIMIT = 2_000;

@ApiTags('trail')
@Controller('v1/events')
export class EventsController {
  constructor(private readonly queries: QueryBus) {}

  @ApiOperation({ summary: 'Events that match, page by page' })
  @AnswersWith(EVENTS, 'One page, as of the first one')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get()
  list(@Query() query: ListEventsDto, @CurrentCaller() caller: Caller): Promise<EventsAnswer> {
    const page = {
      ...pageOf(query),
      ascending: query.order === 'asc',
      ...(query.since !== undefined && { since: pointOf(query.since) }),
    };
    return this.queries.execute(new ListEventsQuery(askedOf(query, caller), page));
  }

  @ApiOperation({ summary: 'How many events match, by actor, secret, address, day and so on' })
  @AnswersWith(COUNTS, 'Groups and their counts')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get('counts')
  count(@Query() query: CountEventsDto, @CurrentCaller() caller: Caller): Promise<CountsAnswer> {
    const request = { ...pageOf(query), by: query.by, order: query.order ?? 'count' };
    return this.queries.execute(new CountEventsQuery(askedOf(query, caller), request));
  }

  @ApiOperation({ summary: 'All events that match, as NDJSON or CSV' })
  @DescribesExport()
  @FailsWith(...ASKING_ERRORS)
  @Requires('exports:create')
  @Get('export')
  async export(
    @Query() query: ExportEventsDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.queries.execute(new ExportEventsQuery(askedOf(query, caller), query.format));
    const filters = encodeURIComponent(found.filters);
    // A reply is a promise of its own end: it must not be waited for.
    void reply.headers({
      'keytrail-as-of': found.asOf,
      ...(filters.length <= FILTER_HEADER_LIMIT && { 'keytrail-filter': filters }),
      'keytrail-events': String(found.events),
      'cache-control': 'no-store',
    });
    return new StreamableFile(Readable.from(found.content, { objectMode: false }), {
      type: found.mediaType,
      disposition: `attachment; filename="${found.fileName}"`,
    });
  }

  @ApiOperation({ summary: 'One event by its id' })
  @PathText('id', EVENT_ID)
  @AnswersWith(EVENT_ANSWER, 'The event, or what stands for it now')
  @FailsWith(...VIEW_ERRORS, 'TRAIL.EVENT_NOT_FOUND')
  @Requires('events:read')
  @Get(':id')
  find(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<EventAnswer> {
    return this.queries.execute(new FindEventQuery(id, caller));
  }
}
