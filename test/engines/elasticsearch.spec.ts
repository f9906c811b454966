import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startElasticsearch, startElasticsearch8 } from '../../scripts/engines/elasticsearch.js';
import { startOpensearch } from '../../scripts/engines/opensearch.js';
import { type SearchCluster } from '../../scripts/engines/search-cluster.js';
import {
  describeEngines,
  ELASTICSEARCH,
  OWN_ELASTICSEARCH,
  OWN_ELASTICSEARCH_8,
  OWN_OPENSEARCH,
} from '../support/engines.js';
import { KeyCheckingProxy } from '../support/key-checking-proxy.js';
import { ENGINE_TIMEOUT, ownPrefix, sharedElasticsearch } from '../support/shared-engines.js';

describeEngines([ELASTICSEARCH], 'The Elasticsearch that specs share', () => {
  it(
    'answers the client of Elastic, and through a proxy only whoever has the key',
    async () => {
      const url = await sharedElasticsearch();
      const index = `${ownPrefix('elasticsearch-spec')}-words`;
      const client = new Client({ node: url });
      await client.index({ index, id: '1', document: { word: 'one' }, refresh: true });

      const proxy = await KeyCheckingProxy.start(url, 'the-key');
      const through = (apiKey: string): Client =>
        new Client({ node: proxy.url, auth: { apiKey }, tls: { ca: proxy.authority }, maxRetries: 0 });
      expect((await through('the-key').get({ index, id: '1' }))._source).toEqual({ word: 'one' });
      await expect(through('another').get({ index, id: '1' })).rejects.toMatchObject({ statusCode: 401 });
      const distrusting = new Client({ node: proxy.url, auth: { apiKey: 'the-key' }, maxRetries: 0 });
      await expect(distrusting.get({ index, id: '1' })).rejects.toThrow(/certificate/);

      await proxy.stop();
      await client.indices.delete({ index });
      await client.close();
    },
    ENGINE_TIMEOUT,
  );
});

describeEngines([OWN_ELASTICSEARCH], 'Elasticsearch of three nodes', () => {
  let cluster: SearchCluster;

  beforeAll(async () => {
    cluster = await startElasticsearch({ nodes: 3 });
  }, ENGINE_TIMEOUT);

  afterAll(async () => {
    await cluster.stop();
  });

  it(
    'keeps what it acknowledged when its master is killed, and the node comes back on its data',
    async () => {
      const { urls } = cluster;
      const settings = { number_of_replicas: 2 };
      await ask(urls[0], 'PUT', '/words?wait_for_active_shards=all', { settings });
      expect(await ask(urls[0], 'PUT', '/words/_doc/1', { word: 'one' })).toMatchObject({ result: 'created' });
      const [{ node: name = '' } = {}] = (await ask(urls[0], 'GET', '/_cat/master?format=json')) as { node?: string }[];
      const master = Number(name.replace('node', ''));
      await cluster.kill(master);
      expect(cluster.pids).toHaveLength(2);
      expect(await ask(urls[master % 3], 'PUT', '/words/_doc/2', { word: 'two' })).toMatchObject({ result: 'created' });
      await cluster.start(master);
      expect(cluster.urls).toEqual(urls);
      expect(await ask(urls[master - 1], 'GET', '/words/_doc/1')).toMatchObject({ _source: { word: 'one' } });
      expect(await ask(urls[master - 1], 'GET', '/words/_doc/2')).toMatchObject({ _source: { word: 'two' } });
    },
    ENGINE_TIMEOUT,
  );
});

const others = [
  { engine: OWN_ELASTICSEARCH_8, start: startElasticsearch8, version: '8.19.21' },
  { engine: OWN_OPENSEARCH, start: startOpensearch, version: '3.8.0' },
];

describe.each(others)('$engine.name', ({ engine, start, version }) => {
  describeEngines([engine], 'of one node', () => {
    it(
      'says its version, and keeps what it acknowledged when it is killed',
      async () => {
        const cluster = await start();
        const [url] = cluster.urls;
        expect(await ask(url, 'GET', '/')).toMatchObject({ version: { number: version } });
        expect(await ask(url, 'PUT', '/words/_doc/1', { word: 'one' })).toMatchObject({ result: 'created' });
        await cluster.kill(1);
        await cluster.start(1);
        expect(await ask(url, 'GET', '/words/_doc/1')).toMatchObject({ _source: { word: 'one' } });
        await cluster.stop();
      },
      ENGINE_TIMEOUT,
    );
  });
});

/** Without a client: none speaks to all three. */
async function ask(url: string | undefined, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url ?? ''}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return answer.json();
}
