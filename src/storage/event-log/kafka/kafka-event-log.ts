import { KeytrailError } from '../../../domain/errors.js';
import type { LogPoint } from '../../../domain/position.js';
import {
  EventLog,
  type Appended,
  type EventLogCapabilities,
  type LogRecord,
  type StoredRecord,
} from '../event-log.port.js';
import { LogSender } from './appending/log-sender.js';
import { KafkaCluster } from './driver/kafka-cluster.js';
import type { KafkaOptions } from './kafka-options.js';
import { notOnThisLog } from './not-on-this-log.js';
import { AppendWatch } from './reading/append-watch.js';
import { LogReading } from './reading/log-reading.js';
import { toStorageError } from './storage-fault.js';
import { mergeKnown, type KnownKafkaLog } from './topic/known-kafka-log.js';
import { isIncident, type TopicFinding } from './topic/topic-finding.js';
import { TopicAdmin } from './topic/topic-admin.js';
import { TopicCheck } from './topic/topic-check.js';

interface Parts {
  readonly options: KafkaOptions;
  readonly cluster: KafkaCluster;
  readonly partitions: number;
  readonly batchBytes: number;
  readonly writing: boolean;
}

/**
 * The event log on one topic of Kafka. Readers pull by offset, without consumer groups: see docs/adr/0006. Duplicates are
 * not known, and an append may succeed for some of its records only: it then throws `PartlyAppended`.
 */
export class KafkaEventLog extends EventLog {
  readonly capabilities: EventLogCapabilities = { gapless: false, duplicatesKnown: false, atomicAppend: false };
  readonly #reading: LogReading;
  readonly #watch: AppendWatch;
  readonly #check: TopicCheck;
  /** Writing has connections of its own: a broker answers one connection's requests one after another. */
  readonly #writing: KafkaCluster;
  readonly #sender: LogSender | undefined;
  #known: KnownKafkaLog | undefined;

  private constructor(
    private readonly parts: Parts,
    known: KnownKafkaLog | undefined,
  ) {
    super();
    const { options, cluster, partitions, batchBytes } = parts;
    const { epoch, waits, limits } = options;
    this.#known = known;
    this.#writing = new KafkaCluster(options);
    this.#reading = new LogReading(cluster, {
      epoch,
      partitions,
      partitionBytes: batchBytes,
      waitMs: waits.read,
      limits,
    });
    this.#watch = new AppendWatch(partitions, async () => (await this.end()).next, waits.poll);
    this.#watch.saw(known?.end.entries() ?? []);
    this.#check = new TopicCheck(cluster, options, this.#reading, partitions);
    const sending = { epoch, partitions, batchBytes, waits, limits };
    const onAppended = (next: ReadonlyMap<number, number>): void => {
      this.#watch.saw(next);
    };
    this.#sender = parts.writing ? new LogSender(this.#writing, { ...sending, onAppended }) : undefined;
  }

  /**
   * Connects, makes the topic where there is none and none is known, and checks that it is the one that is known.
   * @throws KeytrailError STORAGE.UNAVAILABLE when the brokers do not answer in time, STORAGE.NOT_ON_THIS_LOG for another
   *   topic than the known one, CONFIG.INVALID when the cluster is too small
   */
  static async open(options: KafkaOptions, known?: KnownKafkaLog): Promise<KafkaEventLog> {
    return KafkaEventLog.#open(options, true, known);
  }

  /** For other threads: only reads, of a log that was opened. */
  static async reading(options: KafkaOptions, known: KnownKafkaLog): Promise<KafkaEventLog> {
    return KafkaEventLog.#open(options, false, known);
  }

  static async #open(options: KafkaOptions, writing: boolean, known?: KnownKafkaLog): Promise<KafkaEventLog> {
    const cluster = new KafkaCluster(options);
    try {
      const admin = new TopicAdmin(cluster, options);
      const state = (await admin.find()) ?? (await begin(admin, known));
      const partitions = known?.partitions ?? state.partitions.length;
      if (state.partitions.length < partitions)
        throw lost([{ kind: 'partitions_missing', known: partitions, actual: state.partitions.length }]);
      const batchBytes = Number((await admin.settings()).get('max.message.bytes'));
      const log = new KafkaEventLog({ options, cluster, partitions, batchBytes, writing }, known);
      const incidents = (await log.check()).filter(isIncident);
      if (incidents.length > 0) throw lost(incidents);
      return log;
    } catch (error) {
      await cluster.close();
      throw toStorageError(error);
    }
  }

  /** What has to be remembered outside of the log; it grows with every check. */
  get known(): KnownKafkaLog | undefined {
    return this.#known;
  }

  /** What is not as it should be about the topic, now. Throws `STORAGE.UNAVAILABLE` when the brokers do not answer. */
  async check(): Promise<readonly TopicFinding[]> {
    const known = this.#known && { ...this.#known, end: this.#watch.seen };
    return this.#guard(async () => {
      const { findings, log, batchBytes } = await this.#check.run(known);
      if (batchBytes !== undefined && this.#sender) this.#sender.batchBytes = batchBytes;
      if (log && !findings.some(isIncident)) {
        this.#known = mergeKnown(known, log);
        this.#watch.saw(log.end.entries());
      }
      return findings;
    });
  }

  async append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    if (records.length === 0) return [];
    if (!this.#sender) throw new KeytrailError('STORAGE.UNAVAILABLE', { store: 'event_log', reason: 'read-only' });
    return this.#sender.append(records);
  }

  find(): Promise<never> {
    return Promise.reject(new KeytrailError('INTERNAL.UNEXPECTED', { part: 'duplicates are not known on this log' }));
  }

  read(from: LogPoint, limit: number, partitions?: readonly number[]): Promise<readonly StoredRecord[]> {
    return this.#guard(() => this.#reading.read(from, limit, partitions));
  }

  end(): Promise<LogPoint> {
    const seen = [...this.#watch.seen];
    return this.#guard(async () => {
      const end = await this.#reading.end();
      const shrunk = seen.some((offset, partition) => offset > (end.next[partition] ?? 0));
      if (shrunk) throw notOnThisLog({ epoch: end.epoch, next: seen }, end);
      this.#watch.saw(end.next.entries());
      return end;
    });
  }

  subscribe(listener: () => void): () => void {
    return this.#watch.add(listener);
  }

  async close(): Promise<void> {
    this.#watch.stop();
    await this.#sender?.close();
    await Promise.all([this.parts.cluster.close(), this.#writing.close()]);
  }

  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw toStorageError(error);
    }
  }
}

/** The first start: an absent topic is a new one only where nothing is known of an old one. */
async function begin(
  admin: TopicAdmin,
  known: KnownKafkaLog | undefined,
): Promise<Awaited<ReturnType<TopicAdmin['settled']>>> {
  if (known) throw lost([{ kind: 'topic_missing' }]);
  await admin.create();
  return admin.settled();
}

function lost(findings: readonly TopicFinding[]): KeytrailError {
  const problems = [...new Set(findings.map(({ kind }) => kind))];
  return new KeytrailError('STORAGE.NOT_ON_THIS_LOG', { store: 'event_log', problems });
}
