import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { awaitUntil } from '../../test/support/await-until.js';
import { echo, folders, numbered, running, tally } from '../../test/support/consumer-room.js';
import { MemoryEventLog } from '../../test/support/memory/memory-event-log.js';
import { logRecordOf } from '../../test/support/trail-log.js';
import { partitionHash } from '../domain/partition-hash.js';
import { SystemClock } from '../platform/system-clock.js';
import { openIdentity } from '../privacy/open-identity.js';
import { SqliteReadStore } from '../storage/read-store/sqlite/sqlite-read-store.js';
import { Consumer, CONSUMER_DEFAULTS } from './consumer.js';
import { DataKeyCache } from './data-key-cache.js';
import { EventPages } from './event-pages.js';
import type { PartitionHolding } from './partition-holding.js';
import type { FoldedBody, Projection } from './projection.js';

/** What a replica holds as the spec says. */
class Hands implements PartitionHolding {
  held = new Map<number, number>();
  readonly #listeners = new Set<() => void>();

  hold(...partitions: readonly number[]): void {
    this.held = new Map(partitions.map((partition) => [partition, 1]));
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A log of three partitions and one read store, and replicas that share them. */
function setup(projections: readonly Projection[] = [echo(), tally]) {
  const log = new MemoryEventLog(3);
  const store = SqliteReadStore.inThread({ path: join(folders(), 'read.sqlite'), busyMs: 1_000, queryMs: 10_000 });
  running.push(() => store.close());
  const append = async (count: number, from = 0): Promise<void> => {
    await log.append(
      numbered(count, from).map((entry, index) => ({
        ...logRecordOf(entry),
        partitionHash: partitionHash(`key ${from + index}`),
      })),
    );
  };
  const replica = (holding: Hands): Consumer => {
    const pages = new EventPages(log, new DataKeyCache({ open: () => Promise.resolve([]) }), openIdentity);
    const consumer = new Consumer(
      { log, store, pages, projections, clock: new SystemClock(), holding },
      { ...CONSUMER_DEFAULTS, name: 'test', pageSize: 7, pollMs: 5, backOff: { first: 1, most: 4 } },
    );
    running.push(() => consumer.stop());
    consumer.start();
    return consumer;
  };
  const counted = async (): Promise<number> => {
    const bodies = await Promise.all([0, 1, 2].map((partition) => store.get('tally', `success#${partition}`)));
    return bodies.reduce(
      (sum, found) => sum + (found ? (JSON.parse(found.body) as FoldedBody<number>).document : 0),
      0,
    );
  };
  return { log, store, append, replica, counted };
}

describe('replicas that share partitions', () => {
  it('show everything once, together', async () => {
    const { store, append, replica, counted } = setup();
    const [first, second] = [new Hands(), new Hands()];
    await append(50);
    first.hold(0, 2);
    second.hold(1);
    const consumers = [replica(first), replica(second)];

    await append(50, 50);
    for (const consumer of consumers) await consumer.caughtUp();

    expect(await store.count('echo')).toBe(100);
    expect(await counted()).toBe(100);
  });

  it('go on where the other stood when partitions change hands, as often as they do', async () => {
    const { store, append, replica, counted } = setup();
    const [first, second] = [new Hands(), new Hands()];
    const consumers = [replica(first), replica(second)];

    for (let round = 0; round < 12; round += 1) {
      await append(20, round * 20);
      first.hold(...[0, 1, 2].filter((partition) => (partition + round) % 2 === 0));
      second.hold(...[0, 1, 2].filter((partition) => (partition + round) % 2 === 1));
      if (round % 3 === 0) for (const consumer of consumers) await consumer.caughtUp();
    }
    for (const consumer of consumers) await consumer.caughtUp();

    expect(await store.count('echo')).toBe(240);
    expect(await counted()).toBe(240);
  });

  it('change nothing by working on one partition at the same time', async () => {
    const { store, append, replica, counted } = setup();
    const [first, zombie] = [new Hands(), new Hands()];
    first.hold(0, 1, 2);
    zombie.hold(0, 1, 2);
    const consumers = [replica(first), replica(zombie)];

    for (let round = 0; round < 10; round += 1) await append(20, round * 20);
    for (const consumer of consumers) await consumer.caughtUp();

    expect(await store.count('echo')).toBe(200);
    expect(await counted()).toBe(200);
    expect((await consumers[0]?.status())?.state).toBe('running');
  });

  it('hold up one partition only by an event that can not be consumed', async () => {
    const { log, store, append, replica } = setup([echo('n-3')]);
    const hands = new Hands();
    hands.hold(0, 1, 2);
    await append(60);
    const sut = replica(hands);

    await awaitUntil('the other partitions', async () => (await sut.status()).blocked.length === 1);
    const end = await log.end();
    await awaitUntil('all that goes on', async () => {
      const [generation] = await store.generations('echo');
      return generation?.checkpoint.next.filter((next, partition) => next === end.next[partition]).length === 2;
    });

    expect((await sut.status()).state).toBe('blocked');
  });

  it('switch to a view that was built anew together', async () => {
    const { store, append, replica, counted } = setup();
    const [first, second] = [new Hands(), new Hands()];
    first.hold(0);
    second.hold(1, 2);
    await append(60);
    const consumers = [replica(first), replica(second)];
    for (const consumer of consumers) await consumer.caughtUp();

    const [before] = await store.generations('tally');
    await consumers[0]?.rebuild(['tally']);
    await awaitUntil('the switch', async () => {
      const [only, ...others] = await store.generations('tally');
      return only?.generation !== before?.generation && others.length === 0;
    });
    await append(10, 60);
    for (const consumer of consumers) await consumer.caughtUp();

    expect(await counted()).toBe(70);
  });
});
