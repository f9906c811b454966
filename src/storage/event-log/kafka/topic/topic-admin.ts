import { KeytrailError } from '../../../../domain/errors.js';
import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { KAFKA_CODE, KafkaFault, toFault } from '../driver/kafka-fault.js';
import { persist } from '../driver/persist.js';
import type { KafkaOptions } from '../kafka-options.js';
import type { ClusterState } from '../wire/metadata-call.js';
import { replicationFaults, topicSettings, wantedReplication } from './topic-settings.js';

const TOPIC_RESOURCE = 2;

/** Makes the topic and reads what it is. */
export class TopicAdmin {
  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: KafkaOptions,
  ) {}

  /** `undefined`: there is no such topic. */
  async find(): Promise<ClusterState | undefined> {
    const state = await this.#persist(() => this.cluster.refresh());
    if (state.topicCode === KAFKA_CODE.unknownTopicOrPartition) return undefined;
    return this.#persist(() => this.cluster.topicState());
  }

  /**
   * Makes the topic. Another process may be faster.
   * @throws KeytrailError CONFIG.INVALID when the cluster can't keep as many copies as are asked for
   */
  async create(): Promise<void> {
    const { name, partitions } = this.options.topic;
    const replication = wantedReplication(this.options.topic);
    const { brokers } = await this.#persist(() => this.cluster.refresh());
    const errors = replicationFaults(replication, brokers.size);
    if (errors.length > 0) throw new KeytrailError('CONFIG.INVALID', { errors });
    const topic = {
      topic: name,
      numPartitions: partitions,
      replicationFactor: replication.factor,
      configEntries: topicSettings(replication.minInSync).map((setting) => ({
        name: setting.name,
        value: setting.value,
      })),
    };
    await this.#persist(async () => {
      const broker = await this.cluster.controller();
      await broker
        .use((one) => one.createTopics({ topics: [topic], timeout: this.options.waits.request }))
        .catch(unlessItExists);
    });
  }

  /** Waits until every partition of a new topic has its leader. */
  async settled(): Promise<ClusterState> {
    return this.#persist(async () => {
      const state = await this.cluster.refresh();
      const ready = state.topicCode === KAFKA_CODE.none && state.partitions.every(({ leader }) => leader !== undefined);
      if (!ready) throw new KafkaFault('no-leader', true);
      return state;
    });
  }

  async settings(): Promise<ReadonlyMap<string, string>> {
    const { name } = this.options.topic;
    const { resources } = await this.#persist(async () => {
      const broker = await this.cluster.controller();
      return broker.use((one) => one.describeConfigs({ resources: [{ type: TOPIC_RESOURCE, name }] }));
    });
    const entries = resources.flatMap(({ configEntries }) => configEntries);
    return new Map(entries.map(({ configName, configValue }) => [configName, configValue ?? '']));
  }

  #persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return persist(attempt, {
      waitMs: this.options.waits.read,
      onFault: () => {
        this.cluster.forget();
      },
    });
  }
}

function unlessItExists(error: unknown): void {
  const fault = toFault(error);
  if (fault.kafkaCode !== KAFKA_CODE.topicAlreadyExists) throw fault;
}
