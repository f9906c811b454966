import { describeEventLog } from '../contract/event-log.contract.js';
import { KafkaRoom } from '../support/kafka-room.js';

const brokers = () => [process.env['KEYTRAIL_TEST_KAFKA'] ?? ''];
const promise = { gapless: false, duplicatesKnown: false, atomicAppend: false };

for (const partitions of [1, 4]) {
  const room = new KafkaRoom(brokers, partitions);
  describeEventLog(`Kafka, partitions: ${partitions}`, { ...promise, partitions }, (folder) => room.open(folder));
}
