import { basename } from 'node:path';
import { beforeAll } from '@jest/globals';
import { elasticsearchClient } from '../../src/storage/elasticsearch/elasticsearch-client.js';
import { ElasticsearchStateStore } from '../../src/storage/state-store/elasticsearch/elasticsearch-state-store.js';
import { describeStateStore } from '../contract/state-store.contract.js';
import { describeEngines, ELASTICSEARCH } from '../support/engines.js';
import { ENGINE_TIMEOUT, sharedElasticsearch } from '../support/shared-engines.js';

describeEngines([ELASTICSEARCH], 'a state store on a real engine', () => {
  let nodes: readonly string[] = [];

  beforeAll(async () => {
    nodes = [await sharedElasticsearch()];
  }, ENGINE_TIMEOUT);

  // A folder's name stands for one state: opened again, it is the same index.
  describeStateStore('Elasticsearch', (folder) =>
    ElasticsearchStateStore.open(elasticsearchClient({ nodes, flavour: 'elasticsearch', waitMs: 10_000 }), {
      prefix: basename(folder).toLowerCase(),
      replicas: 0,
    }),
  );
});
