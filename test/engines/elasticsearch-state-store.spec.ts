import { basename } from 'node:path';
import { elasticsearchClient } from '../../src/storage/elasticsearch/elasticsearch-client.js';
import { ElasticsearchStateStore } from '../../src/storage/state-store/elasticsearch/elasticsearch-state-store.js';
import { describeStateStore } from '../contract/state-store.contract.js';

describeStateStore('Elasticsearch', (folder) => {
  const nodes = [process.env['KEYTRAIL_TEST_ELASTICSEARCH'] ?? ''];
  const client = elasticsearchClient({ nodes, flavour: 'elasticsearch', waitMs: 5_000 });
  return ElasticsearchStateStore.open(client, { prefix: basename(folder).toLowerCase(), replicas: 0 });
});
