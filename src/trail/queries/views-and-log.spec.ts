import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { NaiveTrail } from '../../../test/support/naive-trail.js';
import { ALIAS, history, NOW, SUBJECTS } from '../../../test/support/random-history.js';
import { TrailLog } from '../../../test/support/trail-log.js';
import { CALLER, questionsOf } from '../../../test/support/trail-questions.js';
import type { Entry } from '../../domain/entry.js';
import type { ActTally } from '../domain/act-tally.js';
import type { TrailFilter } from '../domain/trail-filter.js';
import { ActorActivityQuery } from './actor-activity/actor-activity.query.js';
import { CountEventsQuery } from './count-events/count-events.query.js';
import { CoverageQuery, type SourceCoverageAnswer } from './coverage/coverage.query.js';
import { DailyCountsQuery } from './daily-counts/daily-counts.query.js';
import { ListFailuresQuery } from './list-failures/list-failures.query.js';
import { ListActorsQuery } from './list-actors/list-actors.query.js';
import { ListEventsQuery } from './list-events/list-events.query.js';
import { ListSecretsQuery, type SecretsAnswer } from './list-secrets/list-secrets.query.js';
import { SecretTimelineQuery } from './secret-timeline/secret-timeline.query.js';

const folders = temporaryFolders();
const asked = { filter: {}, saved: [], caller: CALLER };
const FROM = '2026-11-19';
const TO = '2026-11-22';
const UID = 'vault:prod::kv/b';

const PATTERNS = [
  ['*', /^/],
  ['kv/a*', /^kv\/a/],
  ['kv/b*', /^kv\/b/],
  ['vault:*/b', /^vault:.*\/b$/],
  ['kv/oth*', /^kv\/oth/],
  ['*Qw3rTy', /Qw3rTy$/],
  ['kv/?', /^kv\/.$/],
  ['kv/b-Qw3rTy-*', /^kv\/b-Qw3rTy-/],
] as const;

type Questions = ReturnType<typeof questionsOf>;

/** Times as milliseconds, so that their spelling does not matter. */
function times<Shown extends Partial<ActTally>>(tally: Shown) {
  const names = ['first', 'last', 'lastRead', 'lastChange', 'lastRotation'] as const;
  const read = names.map((name) => [name, tally[name] === undefined ? undefined : Date.parse(tally[name])] as const);
  return { ...tally, ...Object.fromEntries(read) };
}

/** In order of time; what shares a moment has an order of its own, the same for everybody. */
const ids = (events: readonly Entry[]): readonly string[] => events.map(({ id }) => id);

async function timeline(questions: Questions, secret: string) {
  const { summary, events } = await questions.timeline.execute(
    new SecretTimelineQuery(secret, asked, { limit: 1_000 }),
  );
  return { summary: times(summary), events: ids(events).toSorted() };
}

async function activity(questions: Questions, subject: string) {
  const { summary, secrets } = await questions.activity.execute(
    new ActorActivityQuery(subject, asked, { limit: 1_000 }),
  );
  return { summary: times(summary), secrets: secrets.map((tally) => times(tally)) };
}

/** Two at a time: what is counted is true on every page, and nothing is lost or doubled between them. */
async function secrets(questions: Questions) {
  const pages: SecretsAnswer[] = [];
  for (let cursor: string | undefined; ;) {
    const query = new ListSecretsQuery(asked, { limit: 2, ...(cursor !== undefined && { cursor }) });
    const page = await questions.secrets.execute(query);
    pages.push(page);
    cursor = page.next;
    if (cursor === undefined) break;
  }
  const listed = pages.flatMap((page) => page.secrets);
  expect(pages.map(({ secretsInAll }) => secretsInAll)).toEqual(pages.map((_, at) => listed.length - at * 2));
  return listed.map((secret) => ({ ...secret, first: Date.parse(secret.first), last: Date.parse(secret.last) }));
}

async function secretOutcomes(questions: Questions) {
  const request = { by: ['secret', 'outcome'], order: 'key', limit: 1_000 } as const;
  const { groups, groupsInAll } = await questions.counts.execute(new CountEventsQuery(asked, request));
  expect(groupsInAll).toBe(groups.length);
  return groups.map(({ key, events }) => [key.secret, key.outcome, events]);
}

async function actors(questions: Questions) {
  const { actors: listed } = await questions.actors.execute(new ListActorsQuery(asked, { limit: 1_000 }));
  return listed.map(({ actor, events, secrets: named }) => ({ actor, events, secrets: named }));
}

async function matching(questions: Questions, filter: TrailFilter): Promise<readonly string[]> {
  const { events } = await questions.events.execute(new ListEventsQuery({ ...asked, filter }, { limit: 1_000 }));
  return ids(events).toSorted();
}

async function failures(questions: Questions) {
  const { groups, events } = await questions.failures.execute(new ListFailuresQuery(asked, { limit: 1_000 }));
  const counts = groups.map(({ action, reason, events: count }) => [`${action} ${reason ?? 'none'}`, count] as const);
  return { groups: Object.fromEntries(counts), events: ids(events).toSorted() };
}

async function days(questions: Questions): Promise<Readonly<Record<string, number>>> {
  // With an end: what is in the future is not left out then.
  const answer = await questions.days.execute(
    new DailyCountsQuery({ ...asked, filter: { to: '2027-01-01T00:00:00Z' } }),
  );
  const counts = answer.days.flatMap(({ day, actions }) =>
    Object.entries(actions).flatMap(([action, outcomes]) =>
      Object.entries(outcomes).map(([outcome, count]) => [`${day} ${action} ${outcome}`, count] as const),
    ),
  );
  expect(answer.events).toBe(counts.reduce((sum, [, count]) => sum + count, 0));
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function coverage(questions: Questions) {
  const request = { from: FROM, to: TO };
  const { sources } = await questions.coverage.execute(new CoverageQuery(request, CALLER));
  const rows = sources.map((source) => covered(source));
  return rows.sort((one, other) => (one.source < other.source ? -1 : 1));
}

function covered(source: SourceCoverageAnswer) {
  const { kind, instance, events, unsureTimes, first, last, delivered, unknownOutcomes, openDeadLetters, doubles } =
    source;
  const { read, recorded, ignored, rejected } = delivered;
  const at = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
  return {
    ...{ source: `${kind} ${instance}`, events, unsureTimes, first: at(first), last: at(last) },
    ...{ delivered: { read, recorded, ignored }, rejected, unknownOutcomes, openDeadLetters, doubles },
  };
}

const sorted = <Told extends { readonly events: readonly string[] }>(told: Told) => ({
  ...told,
  events: told.events.toSorted(),
});

describe('the views of the trail', () => {
  it('tell what the log does, read in the plainest way, whatever comes in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 60 }), async (log, pageSize) => {
        const trail = new TrailLog(folders());
        try {
          trail.clock.set(NOW);
          if (log.length > 0) await trail.append(...log);
          await trail.project({ pageSize });
          const naive = new NaiveTrail(log, Date.parse(NOW));
          const questions = questionsOf(trail);

          for (const secret of [UID, ALIAS, 'kv/a'])
            expect(await timeline(questions, secret)).toEqual(sorted(naive.timeline(secret)));
          for (const subject of SUBJECTS) expect(await activity(questions, subject)).toEqual(naive.activity(subject));
          for (const [pattern, regExp] of PATTERNS) {
            const secret = [pattern];
            expect(await matching(questions, { secret })).toEqual(naive.like(regExp, true).toSorted());
            expect(await matching(questions, { not: { secret } })).toEqual(naive.like(regExp, false).toSorted());
          }
          expect(await secrets(questions)).toEqual(naive.secrets());
          expect(await secretOutcomes(questions)).toEqual(naive.secretOutcomes());
          expect(await actors(questions)).toEqual(naive.actors());
          expect(await failures(questions)).toEqual(sorted(naive.failures()));
          expect(await days(questions)).toEqual(naive.days());
          expect(await coverage(questions)).toEqual(naive.coverage(FROM, TO));
        } finally {
          await trail.close();
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
