import type { LogPoint } from '../../../../domain/position.js';
import type { StoredRecord } from '../../event-log.port.js';
import { faultOfCode, KAFKA_CODE, KafkaFault, toFault } from '../driver/kafka-fault.js';
import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { fromKafkaMessage } from '../kafka-message.js';
import type { KafkaLimits } from '../kafka-options.js';
import { decodeBatches, type FetchedRecord } from '../wire/decode-batches.js';
import { fetchCall, type FetchedFrom, type FetchedPartition } from '../wire/fetch-call.js';

/** What one look at a partition's leader came to. */
export type Fetched =
  | {
      readonly partition: number;
      readonly kind: 'records';
      readonly records: readonly StoredRecord[];
      readonly next: number;
    }
  /** Nothing behind the offset. */
  | { readonly partition: number; readonly kind: 'end' }
  /** The leader does not have the offset, or says that its log ends before it. */
  | { readonly partition: number; readonly kind: 'not_there' }
  | { readonly partition: number; readonly kind: 'fault'; readonly fault: KafkaFault };

/** Fetches from the partitions' leaders what is there now. */
export class LogFetcher {
  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: { readonly epoch: LogPoint['epoch']; readonly partitionBytes: number },
    private readonly limits: KafkaLimits,
  ) {}

  /** One request to each leader. Throws when nobody knows the leaders. */
  async fetch(from: readonly FetchedFrom[]): Promise<readonly Fetched[]> {
    await this.cluster.topicState();
    const wanted = new Map(from.map((one) => [one.partition, one]));
    const groups = this.cluster.byLeader([...wanted.keys()]);
    const led = new Set([...groups.values()].flat());
    const leaderless = [...wanted.keys()].filter((partition) => !led.has(partition));
    const answers = await Promise.all(
      [...groups].map(([leader, partitions]) =>
        this.#fetchFrom(
          leader,
          partitions.flatMap((partition) => wanted.get(partition) ?? []),
        ),
      ),
    );
    const fault = new KafkaFault('no-leader', true);
    return [...answers.flat(), ...leaderless.map((partition): Fetched => ({ partition, kind: 'fault', fault }))];
  }

  async #fetchFrom(leader: number, from: readonly FetchedFrom[]): Promise<readonly Fetched[]> {
    const { fetchBytes: maxBytes } = this.limits;
    try {
      const call = fetchCall({
        topic: this.cluster.topic,
        from,
        maxBytes,
        maxPartitionBytes: this.options.partitionBytes,
      });
      const answers = await this.cluster.broker(leader).call(call);
      const offsets = new Map(from.map(({ partition, offset }) => [partition, offset]));
      return answers.map((answer) => this.#understand(answer, offsets.get(answer.partition) ?? 0));
    } catch (error) {
      const fault = toFault(error);
      return from.map(({ partition }) => ({ partition, kind: 'fault', fault }));
    }
  }

  #understand({ partition, code, highWatermark, batches }: FetchedPartition, offset: number): Fetched {
    if (code === KAFKA_CODE.offsetOutOfRange) return { partition, kind: 'not_there' };
    if (code !== KAFKA_CODE.none) return { partition, kind: 'fault', fault: faultOfCode(code) };
    const { records, next } = decodeBatches(batches, offset);
    if (next > offset) {
      return { partition, kind: 'records', records: records.map((record) => this.#toStored(partition, record)), next };
    }
    if (highWatermark === offset) return { partition, kind: 'end' };
    // More is there, but the answer was full of other partitions' records.
    return highWatermark > offset
      ? { partition, kind: 'records', records: [], next: offset }
      : { partition, kind: 'not_there' };
  }

  #toStored(partition: number, fetched: FetchedRecord): StoredRecord {
    const position = { epoch: this.options.epoch, partition, offset: fetched.offset };
    const contents = fromKafkaMessage(fetched);
    return contents ? { position, ...contents } : unreadable(position);
  }
}

/** Nothing of what lies there is given out: whoever reads it must stop before it. */
function unreadable(position: StoredRecord['position']): StoredRecord {
  const nothing = new Uint8Array();
  return { position, id: '', partitionHash: 0, entry: nothing, encrypted: nothing, fault: 'STORAGE.NOT_AN_EVENT' };
}
