import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { ActorActivityQuery, type ActorActivityAnswer } from '../queries/actor-activity/actor-activity.query.js';
import { CoverageQuery, type CoverageAnswer } from '../queries/coverage/coverage.query.js';
import { DailyCountsQuery, type DailyCountsAnswer } from '../queries/daily-counts/daily-counts.query.js';
import { ListActorsQuery, type ActorsAnswer } from '../queries/list-actors/list-actors.query.js';
import { ListFailuresQuery, type FailuresAnswer } from '../queries/list-failures/list-failures.query.js';
import { ListSecretsQuery, type SecretsAnswer } from '../queries/list-secrets/list-secrets.query.js';
import { SecretTimelineQuery, type SecretTimelineAnswer } from '../queries/secret-timeline/secret-timeline.query.js';
import { askedOf, pageOf } from './asked-of.js';
import { CoverageDto } from './coverage.dto.js';
import { FilterDto } from './filter.dto.js';
import { PagedEventsDto } from './paged-events.dto.js';
import { PagedFilterDto } from './paged-filter.dto.js';
import {
  ACTOR_ACTIVITY,
  ACTORS,
  COVERAGE,
  DAILY_COUNTS,
  FAILURES,
  SECRET_TIMELINE,
  SECRETS,
} from './schemas/activity-schemas.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { PathText } from '../../platform/http/schemas/path-text.decorator.js';
import { VIEW_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { ASKING_ERRORS, PAGING_ERRORS } from './schemas/asking-errors.js';
import { SECRET_NAME, SUBJECT } from './schemas/event-schemas.js';

@ApiTags('trail')
@Controller('v1')
export class ActivityController {
  constructor(private readonly queries: QueryBus) {}

  @ApiOperation({ summary: 'The secrets that matching events are about' })
  @AnswersWith(SECRETS, 'Secrets by uid')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get('secrets')
  secrets(@Query() query: PagedFilterDto, @CurrentCaller() caller: Caller): Promise<SecretsAnswer> {
    return this.queries.execute(new ListSecretsQuery(askedOf(query, caller), pageOf(query)));
  }

  @ApiOperation({ summary: 'What happened to one secret: reads, changes, versions, rotations' })
  @PathText('uid', SECRET_NAME)
  @AnswersWith(SECRET_TIMELINE, 'A summary, and the events page by page')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get('secrets/:uid/timeline')
  timeline(
    @Param('uid') uid: string,
    @Query() query: PagedEventsDto,
    @CurrentCaller() caller: Caller,
  ): Promise<SecretTimelineAnswer> {
    const page = { ...pageOf(query), ascending: query.order === 'asc' };
    return this.queries.execute(new SecretTimelineQuery(uid, askedOf(query, caller), page));
  }

  @ApiOperation({ summary: 'The known actors of matching events' })
  @AnswersWith(ACTORS, 'Actors by subject')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get('actors')
  actors(@Query() query: PagedFilterDto, @CurrentCaller() caller: Caller): Promise<ActorsAnswer> {
    return this.queries.execute(new ListActorsQuery(askedOf(query, caller), pageOf(query)));
  }

  @ApiOperation({ summary: 'What one actor did: which secrets, first and last, denials' })
  @PathText('subject', SUBJECT)
  @AnswersWith(ACTOR_ACTIVITY, 'A summary, and the secrets page by page')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get('actors/:subject/activity')
  activity(
    @Param('subject') subject: string,
    @Query() query: PagedFilterDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ActorActivityAnswer> {
    return this.queries.execute(new ActorActivityQuery(subject, askedOf(query, caller), pageOf(query)));
  }

  @ApiOperation({ summary: 'Attempts that failed: counted, and each of them' })
  @AnswersWith(FAILURES, 'Counts by action and reason, and the events page by page')
  @FailsWith(...PAGING_ERRORS)
  @Requires('events:read')
  @Get('failures')
  failures(@Query() query: PagedEventsDto, @CurrentCaller() caller: Caller): Promise<FailuresAnswer> {
    const page = { ...pageOf(query), ascending: query.order === 'asc' };
    return this.queries.execute(new ListFailuresQuery(askedOf(query, caller), page));
  }

  @ApiOperation({ summary: 'Matching events by day, action and outcome' })
  @AnswersWith(DAILY_COUNTS, 'Every day of the period')
  @FailsWith(...ASKING_ERRORS)
  @Requires('events:read')
  @Get('daily-counts')
  dailyCounts(@Query() query: FilterDto, @CurrentCaller() caller: Caller): Promise<DailyCountsAnswer> {
    return this.queries.execute(new DailyCountsQuery(askedOf(query, caller)));
  }

  @ApiOperation({ summary: 'What was seen of each source, and what was not' })
  @AnswersWith(COVERAGE, 'Sources, interruptions, and what was not seen')
  @FailsWith(...VIEW_ERRORS, 'TRAIL.INVALID_FILTER')
  @Requires('events:read')
  @Get('coverage')
  coverage(@Query() query: CoverageDto, @CurrentCaller() caller: Caller): Promise<CoverageAnswer> {
    const { from, to, source, instance } = query;
    const request = {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(source && { sources: source }),
      ...(instance && { instances: instance }),
    };
    return this.queries.execute(new CoverageQuery(request, caller));
  }
}
