import type { Caller } from '../../src/domain/caller.js';
import { HOST_KEY_ID, PERMISSIONS } from '../../src/domain/principal.js';
import { readConfig } from '../../src/config/read-config.js';
import { ActorActivityHandler } from '../../src/trail/queries/actor-activity/actor-activity.handler.js';
import { ActTallies } from '../../src/trail/queries/asking/act-tallies.js';
import { FollowPoint } from '../../src/trail/queries/asking/follow-point.js';
import { CountEventsHandler } from '../../src/trail/queries/count-events/count-events.handler.js';
import { ListActorsHandler } from '../../src/trail/queries/list-actors/list-actors.handler.js';
import { ListEventsHandler } from '../../src/trail/queries/list-events/list-events.handler.js';
import { ListSecretsHandler } from '../../src/trail/queries/list-secrets/list-secrets.handler.js';
import { ActorNames } from '../../src/trail/queries/asking/actor-names.js';
import { GroupPages } from '../../src/trail/queries/asking/group-pages.js';
import type { QuestionRecord } from '../../src/trail/queries/asking/question-record.js';
import { Questions } from '../../src/trail/queries/asking/questions.js';
import { SecretNames } from '../../src/trail/queries/asking/secret-names.js';
import { TrailPages } from '../../src/trail/queries/asking/trail-pages.js';
import { TrailPoints } from '../../src/trail/queries/asking/trail-points.js';
import { CoverageFacts } from '../../src/trail/queries/coverage/coverage-facts.js';
import { CoverageHandler } from '../../src/trail/queries/coverage/coverage.handler.js';
import { DailyCountsHandler } from '../../src/trail/queries/daily-counts/daily-counts.handler.js';
import { FindEventHandler } from '../../src/trail/queries/find-event/find-event.handler.js';
import { ListFailuresHandler } from '../../src/trail/queries/list-failures/list-failures.handler.js';
import { SecretTimelineHandler } from '../../src/trail/queries/secret-timeline/secret-timeline.handler.js';
import type { SavedFilters } from '../../src/trail/saved-filters/saved-filters.js';
import type { TrailLog } from './trail-log.js';

export const CALLER: Caller = {
  principal: {
    keyId: HOST_KEY_ID,
    role: 'admin',
    permissions: new Set(PERMISSIONS),
    actorKind: 'user',
    name: 'a test',
    limits: {},
  },
  requestId: '00000000-0000-4000-8000-000000000000',
};

/** The questions of the trail over a log and its views, past HTTP; that they are recorded is left out. */
export function questionsOf({ store, log, clock }: TrailLog) {
  const points = new TrailPoints(store, log, clock, readConfig({}).config);
  const record = {
    ask: <Found>(_facts: unknown, search: () => Promise<Found>) => search(),
  } as unknown as QuestionRecord;
  const saved = { definitions: () => Promise.resolve([]) } as unknown as SavedFilters;
  const names = new SecretNames(store);
  const questions = new Questions(saved, names);
  const groups = new GroupPages(store, points, names);
  const pages = new TrailPages(store, points);
  const tallies = new ActTallies(groups);
  const actors = new ActorNames(store);
  return {
    events: new ListEventsHandler(questions, points, pages, new FollowPoint(store, points), record),
    secrets: new ListSecretsHandler(questions, points, groups, record),
    actors: new ListActorsHandler(questions, points, groups, record, actors),
    counts: new CountEventsHandler(questions, points, groups, record, actors),
    timeline: new SecretTimelineHandler(questions, points, pages, tallies, names, record, store),
    activity: new ActorActivityHandler(questions, points, groups, tallies, actors, record),
    failures: new ListFailuresHandler(questions, points, pages, groups, record),
    days: new DailyCountsHandler(questions, points, groups, record),
    find: new FindEventHandler(store, points, record),
    coverage: new CoverageHandler(new CoverageFacts(store, points), points, record, clock),
  };
}
