import type { KafkaCluster } from '../driver/kafka-cluster.js';

/** By which brokers know what was sent twice. */
export interface ProducerIdentity {
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

/** Gives partitions an identity: one for all, until one of them has to have a new one. */
export class ProducerIdentities {
  #asking: Promise<ProducerIdentity> | undefined;
  #current: ProducerIdentity | undefined;

  constructor(private readonly cluster: KafkaCluster) {}

  async current(): Promise<ProducerIdentity> {
    if (this.#current) return this.#current;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    this.#current = await this.#asking;
    return this.#current;
  }

  /** No partition gets this one from now on; those that have it keep it. */
  retire(identity: ProducerIdentity): void {
    if (this.#current === identity) this.#current = undefined;
  }

  async #ask(): Promise<ProducerIdentity> {
    const broker = await this.cluster.controller();
    const { producerId, producerEpoch } = await broker.use((one) => one.initProducerId({ transactionTimeout: 60_000 }));
    return { producerId: BigInt(producerId), producerEpoch };
  }
}
