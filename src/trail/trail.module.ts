import { Module } from '@nestjs/common';
import { CloseDeadLettersHandler } from './commands/close-dead-letters/close-dead-letters.handler.js';
import { DeleteFilterHandler } from './commands/delete-filter/delete-filter.handler.js';
import { SaveFilterHandler } from './commands/save-filter/save-filter.handler.js';
import { DoublesCheck } from './doubles.check.js';
import { ActivityController } from './http/activity.controller.js';
import { DeadLettersController } from './http/dead-letters.controller.js';
import { EventsController } from './http/events.controller.js';
import { FiltersController } from './http/filters.controller.js';
import { ActorActivityHandler } from './queries/actor-activity/actor-activity.handler.js';
import { ActTallies } from './queries/asking/act-tallies.js';
import { ActorNames } from './queries/asking/actor-names.js';
import { FilterPrivacy } from './queries/asking/filter-privacy.js';
import { FollowPoint } from './queries/asking/follow-point.js';
import { GroupPages } from './queries/asking/group-pages.js';
import { QuestionRecord } from './queries/asking/question-record.js';
import { Questions } from './queries/asking/questions.js';
import { SecretNames } from './queries/asking/secret-names.js';
import { TrailPages } from './queries/asking/trail-pages.js';
import { TrailPoints } from './queries/asking/trail-points.js';
import { CountEventsHandler } from './queries/count-events/count-events.handler.js';
import { CoverageFacts } from './queries/coverage/coverage-facts.js';
import { CoverageHandler } from './queries/coverage/coverage.handler.js';
import { DailyCountsHandler } from './queries/daily-counts/daily-counts.handler.js';
import { ExportEventsHandler } from './queries/export-events/export-events.handler.js';
import { FindEventHandler } from './queries/find-event/find-event.handler.js';
import { FindFilterHandler } from './queries/find-filter/find-filter.handler.js';
import { ListActorsHandler } from './queries/list-actors/list-actors.handler.js';
import { ListDeadLettersHandler } from './queries/list-dead-letters/list-dead-letters.handler.js';
import { ListEventsHandler } from './queries/list-events/list-events.handler.js';
import { ListFailuresHandler } from './queries/list-failures/list-failures.handler.js';
import { ListFiltersHandler } from './queries/list-filters/list-filters.handler.js';
import { ListSecretsHandler } from './queries/list-secrets/list-secrets.handler.js';
import { SecretTimelineHandler } from './queries/secret-timeline/secret-timeline.handler.js';
import { TrailScopeHandler } from './queries/trail-scope/trail-scope.handler.js';
import { FilterSeal } from './saved-filters/filter-seal.js';
import { SavedFilters } from './saved-filters/saved-filters.js';

const ASKING = [
  ActorNames,
  ActTallies,
  CoverageFacts,
  FilterPrivacy,
  FilterSeal,
  FollowPoint,
  GroupPages,
  QuestionRecord,
  Questions,
  SavedFilters,
  SecretNames,
  TrailPages,
  TrailPoints,
];

const HANDLERS = [
  ActorActivityHandler,
  CloseDeadLettersHandler,
  CountEventsHandler,
  CoverageHandler,
  DailyCountsHandler,
  DeleteFilterHandler,
  ExportEventsHandler,
  FindEventHandler,
  FindFilterHandler,
  ListActorsHandler,
  ListDeadLettersHandler,
  ListEventsHandler,
  ListFailuresHandler,
  ListFiltersHandler,
  ListSecretsHandler,
  SaveFilterHandler,
  SecretTimelineHandler,
  TrailScopeHandler,
];

/** Who did what to which secret: questions, exports, saved filters, dead letters. */
@Module({
  controllers: [EventsController, ActivityController, FiltersController, DeadLettersController],
  providers: [...ASKING, ...HANDLERS, DoublesCheck],
})
export class TrailModule {}
