import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { persist } from '../driver/persist.js';
import type { KafkaOptions } from '../kafka-options.js';
import { LogFetcher, type Fetched } from '../reading/log-fetcher.js';
import type { LogReading } from '../reading/log-reading.js';
import { judgeTopic } from './judge-topic.js';
import type { KnownKafkaLog } from './known-kafka-log.js';
import { TopicAdmin } from './topic-admin.js';
import type { TopicFinding } from './topic-finding.js';
import { wantedReplication } from './topic-settings.js';

export interface CheckedTopic {
  readonly findings: readonly TopicFinding[];
  /** What the log is now, where it could be read. */
  readonly log?: KnownKafkaLog;
  /** The topic's limit for one batch now. */
  readonly batchBytes?: number;
}

/** Looks at the topic and compares. */
export class TopicCheck {
  readonly #admin: TopicAdmin;
  readonly #fetcher: LogFetcher;

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: KafkaOptions,
    private readonly reading: LogReading,
    private readonly partitions: number,
  ) {
    this.#admin = new TopicAdmin(cluster, options);
    this.#fetcher = new LogFetcher(cluster, { epoch: options.epoch, partitionBytes: 1 }, options.limits);
  }

  async run(known: KnownKafkaLog | undefined): Promise<CheckedTopic> {
    const state = await this.#admin.find();
    if (!state) return { findings: [{ kind: 'topic_missing' }] };
    const actual = state.partitions.length;
    if (actual < this.partitions) return { findings: [{ kind: 'partitions_missing', known: this.partitions, actual }] };
    const settings = await this.#admin.settings();
    const log = await this.#look();
    const observed = { partitions: state.partitions, settings, log };
    return {
      findings: judgeTopic(observed, wantedReplication(this.options.topic), known),
      log,
      batchBytes: Number(settings.get('max.message.bytes')),
    };
  }

  async #look(): Promise<KnownKafkaLog> {
    const begin = await this.reading.begin();
    const firsts = await Promise.all(begin.map((offset, partition) => this.#firstId(partition, offset)));
    const { next: end } = await this.reading.end();
    return { partitions: this.partitions, begin, end, firsts };
  }

  async #firstId(partition: number, offset: number): Promise<string | null> {
    const fetched = await persist(() => this.#firstBatch(partition, offset), {
      waitMs: this.options.waits.read,
      onFault: () => {
        this.cluster.forget();
      },
    });
    if (fetched?.kind !== 'records') return null;
    return fetched.records[0]?.id ?? null;
  }

  async #firstBatch(partition: number, offset: number): Promise<Fetched | undefined> {
    const [fetched] = await this.#fetcher.fetch([{ partition, offset }]);
    if (fetched?.kind === 'fault') throw fetched.fault;
    return fetched;
  }
}
