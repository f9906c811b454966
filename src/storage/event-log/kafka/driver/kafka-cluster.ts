import type { KafkaOptions } from '../kafka-options.js';
import { metadataCall, type ClusterState } from '../wire/metadata-call.js';
import { BrokerLink, type BrokerAddress } from './broker-link.js';
import { KAFKA_CODE, KafkaFault, faultOfCode, toFault } from './kafka-fault.js';

/**
 * The brokers and who leads which partition of the topic. What is known is looked up again when a call finds it wrong.
 * Has no waits of its own beyond those of its links: callers persist.
 */
export class KafkaCluster {
  readonly #links = new Map<string, BrokerLink>();
  #state: ClusterState | undefined;
  /** Outlives what is forgotten: brokers that the configuration does not name may be the only ones left. */
  #brokers: readonly BrokerAddress[] = [];
  #refreshing: Promise<ClusterState> | undefined;
  #seed = 0;
  #closed = false;

  constructor(private readonly options: KafkaOptions) {}

  get topic(): string {
    return this.options.topic.name;
  }

  /** What was learned last. */
  get known(): ClusterState | undefined {
    return this.#state;
  }

  /** Asks again, once for all who ask at the same time. */
  refresh(): Promise<ClusterState> {
    this.#refreshing ??= this.#learn().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async state(): Promise<ClusterState> {
    return this.#state ?? (await this.refresh());
  }

  /** The state of a topic that is there. */
  async topicState(): Promise<ClusterState> {
    const state = await this.state();
    if (state.topicCode === KAFKA_CODE.none) return state;
    this.#state = undefined;
    throw faultOfCode(state.topicCode);
  }

  /** Who leads the partition, as far as is known. */
  leaderOf(partition: number): number | undefined {
    return this.#state?.partitions[partition]?.leader;
  }

  /** Sorts partitions by their leaders; those that have none now are left out. */
  byLeader(partitions: readonly number[]): ReadonlyMap<number, readonly number[]> {
    const groups = new Map<number, number[]>();
    for (const partition of partitions) {
      const leader = this.leaderOf(partition);
      if (leader === undefined) continue;
      const group = groups.get(leader);
      if (group) group.push(partition);
      else groups.set(leader, [partition]);
    }
    return groups;
  }

  broker(node: number): BrokerLink {
    const address = this.#state?.brokers.get(node);
    if (!address) {
      this.forget();
      throw new KafkaFault('no-leader', true);
    }
    return this.#link(address);
  }

  /** Any broker that answers; the controller first, as some calls are its own. */
  async controller(): Promise<BrokerLink> {
    const { controller, brokers } = await this.state();
    const nodes = [controller, ...brokers.keys()];
    for (const node of nodes) {
      const address = brokers.get(node);
      if (!address) continue;
      const link = this.#link(address);
      if (await connects(link)) return link;
    }
    this.forget();
    throw new KafkaFault('unreachable', true);
  }

  /** What is known was found wrong. */
  forget(): void {
    this.#state = undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#links.values()].map((link) => link.close()));
    this.#links.clear();
  }

  async #learn(): Promise<ClusterState> {
    let last = new KafkaFault('unreachable', true);
    for (const address of this.#candidates()) {
      if (this.#closed) throw new KafkaFault('closed', false);
      try {
        const state = await this.#link(address).call(metadataCall(this.topic));
        this.#brokers = [...state.brokers.values()];
        this.#state = state;
        return state;
      } catch (error) {
        last = toFault(error);
        if (!last.passing) throw last;
      }
    }
    throw last;
  }

  /** The brokers known last, then those of the configuration, beginning at another one each time. */
  #candidates(): readonly BrokerAddress[] {
    const seeds = this.options.brokers.map(toAddress);
    const from = this.#seed++ % Math.max(1, seeds.length);
    const all = [...this.#brokers, ...seeds.slice(from), ...seeds.slice(0, from)];
    return [...new Map(all.map((address) => [keyOf(address), address])).values()];
  }

  #link(address: BrokerAddress): BrokerLink {
    if (this.#closed) throw new KafkaFault('closed', false);
    const key = keyOf(address);
    const link = this.#links.get(key) ?? new BrokerLink(address, this.options);
    this.#links.set(key, link);
    return link;
  }
}

async function connects(link: BrokerLink): Promise<boolean> {
  try {
    await link.connect();
    return true;
  } catch (error) {
    const fault = toFault(error);
    if (!fault.passing) throw fault;
    return false;
  }
}

function keyOf({ host, port }: BrokerAddress): string {
  return `${host}:${port}`;
}

/** `host:port`, also `[::1]:9092`. */
function toAddress(text: string): BrokerAddress {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}
