import type { Clock } from '../platform/clock.js';
import type { Health } from '../platform/health/health.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import type { RecordingLoad } from '../platform/recording-load.js';
import type { SubjectKeys } from '../privacy/subject-keys.port.js';
import type { Source } from '../sources/source.port.js';
import type { SourcesConfig } from '../sources/sources.config.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import { Committer } from './committing/committer.js';
import { GroupCommit } from './committing/group-commit.js';
import { IngestionMetrics } from './committing/ingestion-metrics.js';
import { Outage } from './committing/outage.js';
import { WaitingRoom, type RoomLimits } from './committing/waiting-room.js';
import { COMMIT_LIMITS, COMMIT_LINGER_MS, IDLE_THREAD_MS, PROBE_MS } from './ingestion-limits.js';
import { OwnRecords } from './own-records.js';
import { DeliveryPreparer } from './preparing/delivery-preparer.js';
import { KeyedHash } from './preparing/keyed-hash.js';
import { Preparation } from './preparing/preparation.js';
import { RandomPool } from './preparing/random-pool.js';
import { WorkerPool } from './preparing/worker-pool.js';
import { Recording, type RecordingSettings } from './recording.js';

/** What recording stands on. */
export interface RecordingFoundation {
  readonly log: EventLog;
  readonly subjectKeys: SubjectKeys;
  readonly sources: ReadonlyMap<string, Source>;
  /** The same sources as data, for threads to build their own. */
  readonly sourcesConfig: SourcesConfig;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly health: Pick<Health, 'report'>;
  /** Told how much waits. */
  readonly load?: RecordingLoad;
}

export interface RecordingOptions extends RecordingSettings {
  /** How long a delivery may wait for its commit, in milliseconds. */
  readonly waitMs: number;
  readonly room: RoomLimits;
  /** Threads that prepare large deliveries. */
  readonly workers: number;
  /** Default: a few milliseconds. */
  readonly lingerMs?: number;
  readonly probeMs?: number;
}

export interface RecordingParts {
  readonly recording: Recording;
  readonly ownRecords: OwnRecords;
  readonly outage: Outage;
}

/** Puts the only write path together. */
export async function buildRecording(
  foundation: RecordingFoundation,
  options: RecordingOptions,
): Promise<RecordingParts> {
  const { subjectKeys, clock } = foundation;
  const identityKey = await subjectKeys.identityKey();
  const random = new RandomPool();
  const outage = new Outage();
  const ownRecords = new OwnRecords(subjectKeys, clock, random, options);
  const metrics = new IngestionMetrics(foundation.metrics, [...foundation.sources.keys()]);
  const place = { tenant: options.tenant, environment: options.environment };
  const keyedHash = new KeyedHash(identityKey);
  const groupCommit = new GroupCommit({ ...foundation, metrics, outage, random, keyedHash, place });
  const committer = new Committer(groupCommit, outage, clock, foundation.health, {
    waitMs: options.waitMs,
    lingerMs: options.lingerMs ?? COMMIT_LINGER_MS,
    probeMs: options.probeMs ?? PROBE_MS,
    limits: COMMIT_LIMITS,
  });
  const room = new WaitingRoom(options.room, (events, bytes) => {
    metrics.waiting(events);
    if (foundation.load) foundation.load.bytes = bytes;
  });
  const preparation = buildPreparation(foundation, identityKey, options.workers);
  const recording = new Recording(preparation, committer, ownRecords, room, outage, clock, options);
  return { recording, ownRecords, outage };
}

function buildPreparation(foundation: RecordingFoundation, identityKey: Uint8Array, workers: number): Preparation {
  const { sources, sourcesConfig, subjectKeys } = foundation;
  const pool = { sources: sourcesConfig, identityKey, size: workers, idleMs: IDLE_THREAD_MS };
  return new Preparation(new DeliveryPreparer(sources, subjectKeys, identityKey), new WorkerPool(pool, subjectKeys));
}
