import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActorActivityAnswer } from '../../src/trail/queries/actor-activity/actor-activity.query.js';
import type { CountsAnswer } from '../../src/trail/queries/count-events/count-events.query.js';
import type { CoverageAnswer } from '../../src/trail/queries/coverage/coverage.query.js';
import type { DailyCountsAnswer } from '../../src/trail/queries/daily-counts/daily-counts.query.js';
import type { ActorsAnswer } from '../../src/trail/queries/list-actors/list-actors.query.js';
import type { DeadLettersAnswer } from '../../src/trail/queries/list-dead-letters/list-dead-letters.query.js';
import type { FailuresAnswer } from '../../src/trail/queries/list-failures/list-failures.query.js';
import type { SecretsAnswer } from '../../src/trail/queries/list-secrets/list-secrets.query.js';
import type { SecretTimelineAnswer } from '../../src/trail/queries/secret-timeline/secret-timeline.query.js';
import { ACCOUNT, keyArn, kms, REGION, secretArn, secretsManager } from '../support/cloudtrail-records.js';
import { read, RECORDS } from '../support/trail-records.js';
import { TrailRoom } from '../support/trail-room.js';
import { entry, request } from '../support/vault-entries.js';

let room: TrailRoom;
let auditor: string;

beforeAll(async () => {
  room = await TrailRoom.open();
  auditor = await room.keyFor('auditor');
  await room.record('generic-json', RECORDS);
});

afterAll(() => room.close());

describe('questions about secrets and actors', () => {
  it('counts by any key', async () => {
    const { body } = await room.ask<CountsAnswer>('/v1/events/counts?by=actor&secret=stripe/*');
    expect(body).toMatchObject({ events: 5, groupsInAll: 2, withoutEchoes: true });
    expect(body.groups.map(({ events: count, identity }) => [count, identity?.email])).toEqual([
      [3, 'ann@example.com'],
      [2, 'bob@example.com'],
    ]);
    const pseudonymous = await room.ask<CountsAnswer>('/v1/events/counts?by=actor&secret=stripe/*', { key: auditor });
    expect(JSON.stringify(pseudonymous.body)).not.toContain('example.com');

    const byDay = await room.ask<CountsAnswer>('/v1/events/counts?by=day&by=outcome&order=key&from=2026-11-01');
    expect(byDay.body.groups.map(({ key }) => [key.day, key.outcome])).toEqual([
      ['2026-11-01', 'success'],
      ['2026-11-02', 'success'],
      ['2026-11-03', 'success'],
      ['2026-11-05', 'failure'],
    ]);
  });

  it('knows a name that only the earlier events of an actor hold', async () => {
    const records = [
      { timestamp: '2025-03-01T08:00:00Z', user_email: 'carol@example.com' },
      { timestamp: '2025-03-02T08:00:00Z' },
    ].map((part) => ({
      ...{ event_type: 'secret_access', action: 'read', success: true },
      ...{ user_id: 'u-carol', secret_name: 'names/carol' },
      ...part,
    }));
    await room.record('generic-json', records);

    const { body } = await room.ask<ActorsAnswer>('/v1/actors?from=2025-03-01&to=2025-04-01');

    expect(body.actors).toMatchObject([{ events: 2, identity: { nativeId: 'u-carol', email: 'carol@example.com' } }]);
  });

  it('lists secrets and actors page by page', async () => {
    const first = await room.ask<SecretsAnswer>('/v1/secrets?limit=1&from=2026-11-01');
    const second = await room.ask<SecretsAnswer>(`/v1/secrets?limit=1&from=2026-11-01&cursor=${first.body.next ?? ''}`);
    const secrets = [...first.body.secrets, ...second.body.secrets];
    expect(secrets.map(({ secret, events: count, actors }) => [secret.split(':').at(-1), count, actors])).toEqual([
      ['sendgrid/key', 1, 1],
      ['stripe/api_key', 5, 2],
    ]);
    expect(second.body.next).toBeUndefined();

    const actors = await room.ask<ActorsAnswer>('/v1/actors?from=2026-11-01');
    expect(actors.body.actorsInAll).toBe(2);
  });

  it("tells a secret's timeline", async () => {
    const [{ secrets = [] } = { secrets: [] }] = await room.events('limit=1&secret=stripe/api_key');
    const uid = encodeURIComponent(secrets[0]?.uid ?? '');
    const { body } = await room.ask<SecretTimelineAnswer>(`/v1/secrets/${uid}/timeline?limit=2`);

    expect(body.summary).toMatchObject({
      events: 5,
      reads: 3,
      rotations: 1,
      failures: 1,
      lastRead: '2026-11-02T09:00:00Z',
      lastRotation: '2026-11-03T10:00:00Z',
    });
    expect(body.events).toHaveLength(2);
    expect(body.next).toBeDefined();
    const byPath = await room.ask<SecretTimelineAnswer>(`/v1/secrets/${encodeURIComponent('stripe/api_key')}/timeline`);
    expect(byPath.body.summary.events).toBe(5);
  });

  it("tells an actor's activity", async () => {
    const bob = await room.subjectOf('bob@example.com');
    const { body } = await room.ask<ActorActivityAnswer>(`/v1/actors/${bob}/activity`);

    expect(body).toMatchObject({
      actor: bob,
      identity: { email: 'bob@example.com' },
      summary: { events: 2, reads: 1, failures: 1 },
      secrets: [{ events: 2, reads: 1, failures: 1, first: '2026-11-02T09:00:00Z', last: '2026-11-05T10:00:00Z' }],
    });
    expect((await room.ask('/v1/actors/bob@example.com/activity')).status).toBe(400);
  });

  it('tells failed attempts', async () => {
    const { body } = await room.ask<FailuresAnswer>('/v1/failures?from=2026-11-01');
    expect(body.groups).toMatchObject([{ action: 'secret.read', events: 1, actors: 1 }]);
    expect(body.events).toHaveLength(1);
  });

  it('counts a refusal once, whoever else refused behind it', async () => {
    const ids = ['b0000000-0000-4000-8000-0000000000f1', 'b0000000-0000-4000-8000-0000000000f2'];
    const failed = { errorCode: 'AccessDenied', eventTime: '2026-04-02T08:15:30Z' };
    await room.record('aws-cloudtrail', [
      secretsManager('GetSecretValue', { ...failed, eventID: ids[0], requestParameters: { secretId: 'shop/pay' } }),
      kms('Decrypt', {
        ...failed,
        eventID: ids[1],
        userIdentity: {
          type: 'IAMUser',
          arn: `arn:aws:iam::${ACCOUNT}:user/maren`,
          accountId: ACCOUNT,
          userName: 'maren',
          invokedBy: 'secretsmanager.amazonaws.com',
        },
        requestParameters: { encryptionContext: { SecretARN: secretArn('shop/pay-AbCdEf') } },
        resources: [{ ARN: keyArn('k-1'), type: 'AWS::KMS::Key' }],
      }),
    ]);

    const april = 'from=2026-04-01&to=2026-05-01';
    const { body } = await room.ask<FailuresAnswer>(`/v1/failures?${april}`);
    expect(body).toMatchObject({ withoutEchoes: true, groups: [{ action: 'secret.read', events: 1 }] });
    expect(body.events).toHaveLength(1);
    const counts = await room.ask<CountsAnswer>(`/v1/events/counts?by=outcome&${april}`);
    expect(counts.body.events).toBe(1);

    const both = (await room.ask<FailuresAnswer>(`/v1/failures?echoes=true&${april}`)).body;
    expect(both.groups).toMatchObject([{ action: 'key.use' }, { action: 'secret.read' }]);
    expect(both).toMatchObject({ withoutEchoes: false, events: [{}, {}] });
  });

  it('shows days without events', async () => {
    const { body } = await room.ask<DailyCountsAnswer>('/v1/daily-counts?from=2026-11-01&to=2026-11-07');
    expect(body.days.map(({ day, events: count }) => [day.slice(8), count])).toEqual([
      ['01', 2],
      ['02', 2],
      ['03', 1],
      ['04', 0],
      ['05', 1],
      ['06', 0],
    ]);
  });

  it('counts by day without a period, whatever times events claim', async () => {
    const wrong = ['0001-01-01T00:00:00Z', '1900-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2001-01-01T00:00:00Z'];
    const times = ['2024-02-28T10:00:00Z', '2024-03-01T10:00:00Z', ...wrong];
    await room.record(
      'generic-json',
      times.map((time) => read('eve', 'far/off', time)),
    );
    const daysOf = async (period: string) =>
      (await room.ask<DailyCountsAnswer>(`/v1/daily-counts?secret=far/off${period}`)).body;

    const { days, events, earlier, later } = await daysOf('');
    expect(days).toHaveLength(3_700);
    expect(days.filter((day) => day.events > 0).map(({ day }) => day)).toEqual(['2024-02-28', '2024-03-01']);
    expect({ events, earlier, later }).toEqual({ events: 6, earlier: 3, later: 1 });
    expect((await daysOf('&from=2024-01-01')).days).toHaveLength(61);
    expect(await daysOf('&from=2024-01-01')).toMatchObject({ events: 3, later: 1 });
    expect(await daysOf('&from=2030-01-01')).toMatchObject({ days: [], events: 1, later: 1 });
    expect(await daysOf('&to=1900-01-02')).toMatchObject({ events: 2, earlier: 1 });
    expect((await room.ask('/v1/daily-counts?from=1900-01-01&to=2024-01-01')).status).toBe(400);
  });
});

describe('records of two stores', () => {
  it('joins request and response, and shows a request that nobody answered as unknown, but not at once', async () => {
    const call = (id: string, time: string) => ({ ...entry('request', request('read', 'kv/data/app', { id })), time });
    const answer = { ...call('r-1', '2026-03-02T08:15:31Z'), type: 'response', response: {} };
    await room.record('vault', [call('r-1', '2026-03-02T08:15:30Z'), answer, call('r-2', '2026-03-02T08:16:00Z')]);

    const shown = await room.events('source=vault');

    expect(shown).toMatchObject([{ phase: 'response', outcome: 'success' }]);
    const { body } = await room.ask<CoverageAnswer>('/v1/coverage?source=vault');
    expect(body.sources).toMatchObject([{ kind: 'vault', events: 3, unknownOutcomes: 0 }]);
  });

  it('finds a secret by its name and by the name of its ARN', async () => {
    const asked = (eventID: string, secretId: string, response: unknown = null) =>
      secretsManager('GetSecretValue', {
        eventID,
        requestParameters: { secretId },
        responseElements: response,
      });
    const named = secretsManager('PutSecretValue', {
      eventID: 'b0000000-0000-4000-8000-000000000003',
      requestParameters: { secretId: 'shop/db' },
      responseElements: { arn: secretArn('shop/db-AbCdEf'), name: 'shop/db', versionId: 'v-1' },
    });
    await room.record('aws-cloudtrail', [
      asked('b0000000-0000-4000-8000-000000000001', 'shop/db'),
      asked('b0000000-0000-4000-8000-000000000002', secretArn('shop/db-AbCdEf')),
      named,
    ]);

    const uid = `aws-secretsmanager:${ACCOUNT}:${REGION}:shop/db`;
    for (const name of [uid, `${uid}-AbCdEf`, 'shop/db', 'shop/db-AbCdEf']) {
      expect([name, (await room.events(`secret=${encodeURIComponent(name)}`)).length]).toEqual([name, 3]);
    }
    const { body } = await room.ask<SecretTimelineAnswer>(`/v1/secrets/${encodeURIComponent(uid)}/timeline`);
    expect(body).toMatchObject({ aliases: [`${uid}-AbCdEf`], versions: [{ version: 'v-1' }] });
    expect(body.summary.events).toBe(3);
  });

  it('lists and counts it once, and finds it by a pattern that only one of its names fits', async () => {
    const uid = `aws-secretsmanager:${ACCOUNT}:${REGION}:shop/db`;
    const { body: list } = await room.ask<SecretsAnswer>('/v1/secrets?secret=shop/d*');
    expect(list.secrets).toMatchObject([{ secret: uid, events: 3 }]);
    const { body: counts } = await room.ask<CountsAnswer>('/v1/events/counts?by=secret&secret=*/db');
    expect(counts).toMatchObject({ groups: [{ key: { secret: uid }, events: 3 }], groupsInAll: 1, events: 3 });
    expect(await room.events('secret=*-AbCdEf')).toHaveLength(3);
    expect(await room.events('secret=shop/db*&not.secret=shop/d?')).toEqual([]);
  });
});

describe('coverage and dead letters', () => {
  it('says what was not understood, and closes it', async () => {
    const { items } = await room.record('generic-json', [{ no: 'event' }], 'instance=odd');
    expect(items).toMatchObject([{ status: 'rejected' }]);

    const { body: open } = await room.ask<DeadLettersAnswer>('/v1/dead-letters');
    expect(open.deadLetters).toMatchObject([{ state: 'open', opened: { kind: 'generic-json', instance: 'odd' } }]);
    const coverage = (await room.ask<CoverageAnswer>('/v1/coverage?instance=odd')).body;
    expect(coverage.sources).toMatchObject([{ instance: 'odd', delivered: { rejected: 1 }, openDeadLetters: 1 }]);
    expect(coverage.notSeen.join('\n')).toContain('1 record was not understood');

    const ids = open.deadLetters.map(({ id }) => id);
    const body = { ids, reason: 'a test of Ann Canary' };
    const closed = await room.ask('/v1/dead-letters/close', { method: 'POST', body });
    expect(closed).toMatchObject({ status: 200, body: { closed: 1 } });
    await room.projector.caughtUp();
    expect((await room.ask<DeadLettersAnswer>('/v1/dead-letters')).body.deadLetters).toEqual([]);
    const all = await room.ask<DeadLettersAnswer>('/v1/dead-letters?state=all', { key: auditor });
    expect(all.body.deadLetters).toMatchObject([{ state: 'closed' }]);
    expect(all.text).not.toContain('Canary');
  });

  it('takes no time of before 2000 for one at which a source was heard', async () => {
    await room.record('generic-json', [{ ...RECORDS[0], timestamp: '1970-01-01T00:00:00Z' }], 'instance=epoch');
    const [source] = (await room.ask<CoverageAnswer>('/v1/coverage?instance=epoch')).body.sources;
    expect({ first: 'none', ...source }).toMatchObject({ first: 'none', events: 1, unsureTimes: 1, silentDates: [] });
  });

  it('knows no dead letter that is none', async () => {
    const body = { ids: ['none'], reason: 'x' };
    expect(await room.ask('/v1/dead-letters/close', { method: 'POST', body })).toMatchObject({
      status: 404,
      body: { code: 'TRAIL.DEAD_LETTER_NOT_FOUND' },
    });
  });

  it.each(['from=2026-02-31', 'to=9999-12-31', 'from=2026-11-02&to=2026-11-01', 'from=0001-01-01'])(
    'says nothing about a period that is none: %s',
    async (period) => {
      expect(await room.ask(`/v1/coverage?${period}`)).toMatchObject({
        status: 400,
        body: { code: 'TRAIL.INVALID_FILTER', errors: [expect.stringMatching(/^(from|to)/)] },
      });
    },
  );

  it('names a source that was silent in the period', async () => {
    const { body } = await room.ask<CoverageAnswer>('/v1/coverage?from=2026-05-01&to=2026-05-03&source=generic-json');
    const source = body.sources.find(({ instance }) => instance === 'default');
    expect(source).toMatchObject({ events: 0, silentDays: 3, silentDates: ['2026-05-01', '2026-05-02', '2026-05-03'] });
    expect(body.notSeen).toContain('generic-json default: no event in this period.');
  });
});
