import { KAFKA_CODE, faultOfCode, KafkaFault } from '../driver/kafka-fault.js';
import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { persist } from '../driver/persist.js';
import { offsetsCall, type EARLIEST, type LATEST, type PartitionOffset } from '../wire/offsets-call.js';

/** Where the partitions begin or end, by number. Throws a `KafkaFault` unless all of them answer in time. */
export function readOffsets(
  cluster: KafkaCluster,
  partitions: readonly number[],
  which: typeof EARLIEST | typeof LATEST,
  waitMs: number,
): Promise<readonly number[]> {
  const onFault = (): void => {
    cluster.forget();
  };
  return persist(() => askOnce(cluster, partitions, which), { waitMs, onFault });
}

async function askOnce(
  cluster: KafkaCluster,
  partitions: readonly number[],
  which: typeof EARLIEST | typeof LATEST,
): Promise<readonly number[]> {
  await cluster.topicState();
  const calls = [...cluster.byLeader(partitions)].map(([leader, led]) =>
    cluster.broker(leader).call(offsetsCall(cluster.topic, led, which)),
  );
  const answers = new Map((await Promise.all(calls)).flat().map((answer) => [answer.partition, answer]));
  return partitions.map((partition) => offsetOf(answers.get(partition)));
}

function offsetOf(answer: PartitionOffset | undefined): number {
  if (!answer) throw new KafkaFault('no-leader', true);
  if (answer.code !== KAFKA_CODE.none) throw faultOfCode(answer.code);
  return answer.offset;
}
