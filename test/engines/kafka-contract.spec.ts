import { beforeAll } from '@jest/globals';
import { describeEventLog } from '../contract/event-log.contract.js';
import { describeEngines, KAFKA } from '../support/engines.js';
import { KafkaRoom } from '../support/kafka-room.js';
import { ENGINE_TIMEOUT, sharedKafka } from '../support/shared-engines.js';

const promise = { gapless: false, duplicatesKnown: false, atomicAppend: false };

describeEngines([KAFKA], 'The event log on Kafka', () => {
  beforeAll(async () => {
    await sharedKafka();
  }, ENGINE_TIMEOUT);

  for (const partitions of [1, 4]) {
    const room = new KafkaRoom(sharedKafka, partitions);
    describeEventLog(`Kafka, partitions: ${partitions}`, { ...promise, partitions }, (folder) => room.open(folder));
  }
});
