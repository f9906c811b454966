import { afterEach } from '@jest/globals';
import { temporaryFolders } from '../contract/temporary-folder.js';
import type { ConsumerStatus } from '../../src/consuming/consumer-status.js';
import type { Consumer } from '../../src/consuming/consumer.js';
import type { EventProjection, FoldedBody, FoldedProjection } from '../../src/consuming/projection.js';
import type { Entry } from '../../src/domain/entry.js';
import { anEntry } from './an-event.js';
import { TrailLog, type TrailLogOptions } from './trail-log.js';

export const running: (() => Promise<void>)[] = [];

// Before the folders go: hooks run in this order, and a store whose file is gone answers nothing.
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});
export const folders = temporaryFolders();

export function setup(folder = folders()): TrailLog {
  const trail = new TrailLog(folder);
  running.push(() => trail.close());
  return trail;
}

export function started(trail: TrailLog, options: TrailLogOptions): Consumer {
  const consumer = trail.consumer(options);
  running.push(() => consumer.stop());
  consumer.start();
  return consumer;
}

/** Resolves with the first status that fits. */
export async function statusOf(consumer: Consumer, fits: (status: ConsumerStatus) => boolean): Promise<ConsumerStatus> {
  for (;;) {
    const changed = Promise.withResolvers<undefined>();
    const unsubscribe = consumer.subscribe(() => {
      changed.resolve(undefined);
    });
    const status = await consumer.status();
    if (fits(status)) return status;
    await changed.promise;
    unsubscribe();
  }
}

export const numbered = (count: number, from = 0): Entry[] =>
  Array.from({ length: count }, (_, index) => anEntry({ source: { nativeId: `n-${from + index}` } }));

export const time = '20261122100000000000000';
/** One document an event, found by its native id. `broken` is a native id that it can't project. */
export const echo = (broken?: string, version = 1): EventProjection => ({
  view: { name: 'echo', version, fields: { name: { type: 'keyword' } } },
  project: ({ entry }) => {
    const name = entry.source.nativeId ?? '';
    if (name === broken) throw new TypeError('alice@example.com is in the cause');
    return [{ kind: 'create', document: { id: name, time, fields: { name }, body: '{}' } }];
  },
});

/** How many events there are by outcome. */
export const tally: FoldedProjection<number> = {
  view: { name: 'tally', version: 1, fields: { count: { type: 'number' } } },
  keys: ({ entry }) => [entry.outcome],
  evolve: (before = 0) => before + 1,
  show: (count) => ({ time, fields: { count } }),
};

export async function names(trail: TrailLog): Promise<readonly string[]> {
  const page = await trail.store.query({ view: 'echo', limit: 10_000, ascending: true });
  return page.documents.map(({ id }) => id);
}

export async function tallied(trail: TrailLog): Promise<unknown> {
  const found = await trail.store.get('tally', 'success#0');
  return found && (JSON.parse(found.body) as FoldedBody).document;
}
