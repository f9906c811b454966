import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type KafkaCluster, startKafka } from '../../scripts/engines/kafka.js';
import { describeEngines, KAFKA, OWN_KAFKA } from '../support/engines.js';
import { consume, kafkaClient, produce } from '../support/kafka-client.js';
import { ENGINE_TIMEOUT, ownPrefix, sharedKafka } from '../support/shared-engines.js';

const words = ['one', 'two', 'three'];
const more = ['four', 'five'];

describeEngines([KAFKA], 'The Kafka that specs share', () => {
  it(
    'is there for whoever asks, and is the same',
    async () => {
      const [first, second] = await Promise.all([sharedKafka(), sharedKafka()]);
      expect(second).toEqual(first);
      const topic = `${ownPrefix('kafka-spec')}-words`;
      const kafka = kafkaClient(first);
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
      await produce(kafka, topic, words);
      expect(await consume(kafka, topic, words.length)).toEqual(words);
      await admin.deleteTopics({ topics: [topic] });
      await admin.disconnect();
    },
    ENGINE_TIMEOUT,
  );
});

describeEngines([OWN_KAFKA], 'A Kafka of a spec', () => {
  describe.each([1, 3])('of %d nodes', (nodes) => {
    let cluster: KafkaCluster;

    beforeAll(async () => {
      cluster = await startKafka({ nodes });
    }, ENGINE_TIMEOUT);

    afterAll(async () => {
      await cluster.stop();
    });

    it(
      'keeps what it acknowledged when the leader is killed, and the node comes back on its data',
      async () => {
        const kafka = kafkaClient(cluster.brokers);
        const admin = kafka.admin();
        await admin.connect();
        await admin.createTopics({ topics: [{ topic: 'words' }], waitForLeaders: true });
        await produce(kafka, 'words', words);
        const leader = (await admin.fetchTopicMetadata({ topics: ['words'] })).topics[0]?.partitions[0]?.leader ?? 0;
        const before = cluster.brokers;
        await admin.disconnect();
        await cluster.kill(leader);
        expect(cluster.pids).toHaveLength(nodes - 1);
        if (nodes > 1) await produce(kafka, 'words', more);
        await cluster.start(leader);
        if (nodes === 1) await produce(kafka, 'words', more);
        expect(cluster.brokers).toEqual(before);
        expect(cluster.pids).toHaveLength(nodes);
        expect(await consume(kafka, 'words', 5)).toEqual([...words, ...more]);
      },
      ENGINE_TIMEOUT,
    );
  });
});
