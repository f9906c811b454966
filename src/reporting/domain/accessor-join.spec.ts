import { describe, expect, it } from '@jest/globals';
import type { ViewBucket } from '../../storage/read-store/read-store.port.js';
import { joinAccessors, type AccessorSecrets } from './accessor-join.js';

type Key = readonly (string | null)[];

function bucket(key: Key, count = 1, first = '1', last = '9'): ViewBucket {
  return { key, count, first, last, distinct: {} };
}

async function* streamOf(...buckets: readonly ViewBucket[]): AsyncGenerator<ViewBucket> {
  for (const each of buckets) {
    await Promise.resolve();
    yield each;
  }
}

async function join(
  activity: readonly ViewBucket[],
  accesses: readonly ViewBucket[],
  earlier: readonly ViewBucket[] = [],
): Promise<readonly AccessorSecrets[]> {
  const told: AccessorSecrets[] = [];
  const streams = { activity: streamOf(...activity), accesses: streamOf(...accesses), earlier: streamOf(...earlier) };
  for await (const each of joinAccessors(streams)) told.push(each);
  return told;
}

const names = (told: AccessorSecrets | undefined, list: 'gained' | 'lapsed' | 'accesses') =>
  told?.[list].map(({ secret }) => secret);

describe(joinAccessors.name, () => {
  it('tells of nobody where nothing was recorded', async () => {
    expect(await join([], [])).toEqual([]);
  });

  it('adds up what one actor did, by group and outcome', async () => {
    const [told] = await join(
      [
        bucket(['a', 'user', 'auth.login', 'failure'], 2, '3', '4'),
        bucket(['a', 'user', 'secret.read', 'success'], 5, '2', '8'),
        bucket(['a', 'user', 'secret.read', 'unknown'], 1, '5', '5'),
      ],
      [bucket(['a', 'user', 's1', 'success'], 5), bucket(['a', 'user', 's2', 'failure'], 1)],
    );

    expect(told?.accessor).toMatchObject({ subject: 'a', kind: 'user', events: 8, secrets: 1, first: '2', last: '8' });
    expect(told?.accessor?.groups).toMatchObject({
      access: { success: 5, failure: 0, unknown: 1 },
      sign_in: { success: 0, failure: 2, unknown: 0 },
    });
  });

  it('keeps actors apart who have no subject, by kind, and compares none of them', async () => {
    const told = await join(
      [bucket([null, 'service', 'key.use', 'success']), bucket([null, 'unknown', 'secret.read', 'success'])],
      [bucket([null, 'service', 's', 'success']), bucket([null, 'unknown', 's', 'success'])],
    );

    expect(told.map(({ actor }) => actor.kind)).toEqual(['service', 'unknown']);
    expect(told.flatMap(({ gained }) => gained)).toEqual([]);
  });

  it('finds what is new and what has lapsed', async () => {
    const told = await join(
      [],
      [
        bucket(['a', 'user', 'both', 'success']),
        bucket(['a', 'user', 'failed only', 'failure']),
        bucket(['a', 'user', 'new', 'success']),
        bucket(['a', 'user', 'new perhaps', 'unknown']),
        bucket(['a', 'user', 'unknown before', 'success']),
        bucket(['c', 'user', 'by a newcomer', 'success']),
      ],
      [
        bucket(['a', 'user', 'both', 'success']),
        bucket(['a', 'user', 'failed before', 'failure']),
        bucket(['a', 'user', 'gone', 'success']),
        bucket(['a', 'user', 'unknown before', 'unknown']),
        bucket(['b', 'user', 'by a leaver', 'success']),
      ],
    );

    expect(told.map(({ actor }) => actor.subject)).toEqual(['a', 'b', 'c']);
    expect(names(told[0], 'gained')).toEqual(['new', 'new perhaps', 'unknown before']);
    expect(names(told[0], 'lapsed')).toEqual(['gone']);
    expect(told[1]).toMatchObject({ accesses: [], lapsed: [{ secret: 'by a leaver' }] });
    expect(told[1]?.accessor).toBeUndefined();
    expect(names(told[2], 'gained')).toEqual(['by a newcomer']);
  });

  it('does not call an access lapsed whose outcome in the period is unknown', async () => {
    const [told] = await join([], [bucket(['a', 'user', 's', 'unknown'])], [bucket(['a', 'user', 's', 'success'])]);

    expect(told).toMatchObject({ gained: [], lapsed: [] });
  });
});
