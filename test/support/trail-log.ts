import { join } from 'node:path';
import { Consumer, CONSUMER_DEFAULTS, type ConsumerOptions } from '../../src/consuming/consumer.js';
import { DataKeyCache } from '../../src/consuming/data-key-cache.js';
import { EventPages, type OpenIdentity } from '../../src/consuming/event-pages.js';
import type { Projection } from '../../src/consuming/projection.js';
import { canonicalJson } from '../../src/domain/canonical-json.js';
import type { Entry } from '../../src/domain/entry.js';
import { partitionHash } from '../../src/domain/partition-hash.js';
import { parseTimestamp, utcDay } from '../../src/domain/timestamp.js';
import type { Clock } from '../../src/platform/clock.js';
import { openIdentity } from '../../src/privacy/open-identity.js';
import type { LogRecord } from '../../src/storage/event-log/event-log.port.js';
import { SqliteEventLog } from '../../src/storage/event-log/sqlite/sqlite-event-log.js';
import { SqliteReadStore } from '../../src/storage/read-store/sqlite/sqlite-read-store.js';
import { TRAIL_PROJECTIONS } from '../../src/trail/projections/trail-projections.js';
import { FixedClock } from './fixed-clock.js';

/** An entry as the log keeps it, nothing encrypted. */
export function logRecordOf(entry: Entry): LogRecord {
  const time = entry.occurredAt === undefined ? undefined : parseTimestamp(entry.occurredAt);
  return {
    id: entry.id,
    day: time ? utcDay(time.milliseconds) : 0,
    partitionHash: partitionHash(entry.source.kind),
    entry: Buffer.from(canonicalJson(entry)),
    encrypted: Buffer.from('[]'),
  };
}

export interface TrailLogOptions extends Partial<ConsumerOptions> {
  readonly projections?: readonly Projection[];
  readonly openIdentity?: OpenIdentity;
  /** Default one that stands still. */
  readonly clock?: Clock;
}

/** A log and a read store in a folder, and consumers that bring one to the other. All of it in this thread. */
export class TrailLog {
  readonly clock = new FixedClock('2026-11-22T12:00:00.000Z');
  readonly log: SqliteEventLog;
  readonly store: SqliteReadStore;

  constructor(folder: string) {
    this.log = SqliteEventLog.inThread({ path: join(folder, 'events.sqlite'), busyMs: 1_000 });
    this.store = SqliteReadStore.inThread({ path: join(folder, 'read.sqlite'), busyMs: 1_000, queryMs: 10_000 });
  }

  async append(...entries: readonly Entry[]): Promise<void> {
    await this.log.append(entries.map(logRecordOf));
  }

  consumer(given: TrailLogOptions = {}): Consumer {
    const {
      projections = TRAIL_PROJECTIONS,
      openIdentity: open = openIdentity,
      clock = this.clock,
      ...options
    } = given;
    const keys = new DataKeyCache({ open: () => Promise.resolve([]) });
    const pages = new EventPages(this.log, keys, open);
    const parts = { log: this.log, store: this.store, pages, projections, clock };
    return new Consumer(parts, { ...CONSUMER_DEFAULTS, name: 'test', backOff: { first: 1, most: 4 }, ...options });
  }

  /** Brings every view up to date. */
  async project(options: TrailLogOptions = {}): Promise<void> {
    const consumer = this.consumer(options);
    consumer.start();
    await consumer.caughtUp().finally(() => consumer.stop());
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.log.close();
  }
}
