import { DataFolder } from './data-folder/data-folder.js';
import type { EventLog } from './event-log/event-log.port.js';
import { SqliteEventLog } from './event-log/sqlite/sqlite-event-log.js';
import type { ReadStore } from './read-store/read-store.port.js';
import { assertKnownLog } from './known-log.js';
import { SqliteReadStore } from './read-store/sqlite/sqlite-read-store.js';
import type { StateStore } from './state-store/state-store.port.js';
import { SqliteStateStore } from './state-store/sqlite/sqlite-state-store.js';

/** The names of the stores' files in the data folder. */
export const STORE_FILES = { events: 'events.sqlite', state: 'state.sqlite', views: 'read.sqlite' } as const;

/** How long a statement waits for another connection's lock. Shorter than any wait, so that a lock is told as one. */
export const BUSY_MS = 2_000;

/** How long a query may work. */
export const QUERY_MS = 10_000;

export interface EmbeddedStoresOptions {
  readonly folder: string;
  /** The longest that a write may take, in milliseconds. */
  readonly waitMs: number;
  readonly startedAt: Date;
}

/** The stores in one data folder, open and held. */
export interface EmbeddedStores {
  readonly folder: DataFolder;
  readonly eventLog: EventLog;
  readonly stateStore: StateStore;
  /** For queries. The projector writes through a store of its own, in its thread. */
  readonly readStore: ReadStore;
  close(): Promise<void>;
}

/**
 * Holds the folder and opens its stores. Where one can't be opened, what was opened before is closed again.
 * @throws KeytrailError `STORAGE.*`
 */
export async function openEmbeddedStores({
  folder: path,
  waitMs,
  startedAt,
}: EmbeddedStoresOptions): Promise<EmbeddedStores> {
  const folder = DataFolder.hold(path, startedAt);
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const store of opened.splice(0).reverse()) await store.close();
    folder.release();
  };
  const options = (name: string) => ({ path: folder.file(name), busyMs: Math.min(BUSY_MS, waitMs), waitMs });
  try {
    const stateStore = await SqliteStateStore.threaded(options(STORE_FILES.state));
    opened.push(stateStore);
    const eventLog = await SqliteEventLog.threaded(options(STORE_FILES.events));
    opened.push(eventLog);
    await assertKnownLog(stateStore, eventLog.logId);
    const readStore = SqliteReadStore.threaded({ ...options(STORE_FILES.views), queryMs: QUERY_MS });
    opened.push(readStore);
    return { folder, eventLog, stateStore, readStore, close };
  } catch (error) {
    await close();
    throw error;
  }
}
