import { join } from 'node:path';
import { fetchJars } from './maven.js';
import { SearchCluster } from './search-cluster.js';
import { searchEngine } from './search-engine.js';

const version = '3.8.0';
const plugins = [
  'transport-netty4-client',
  'analysis-common',
  'mapper-extras-client',
  'reindex-client',
  'lang-painless',
  'opensearch-scripting-painless-spi',
];

const build = {
  name: 'opensearch',
  version,
  java: 21,
  heap: '256m',
  artifacts: [
    `org.opensearch:opensearch:${version}`,
    `org.opensearch:opensearch-plugin-classloader:${version}`,
    ...plugins.map((plugin) => `org.opensearch.plugin:${plugin}:${version}`),
    'org.apache.logging.log4j:log4j-core:2.25.4',
  ],
  sources: ['opensearch'],
  options: ['--enable-native-access=ALL-UNNAMED'],
  settings: { 'transport.type': 'netty4', 'http.type': 'netty4' },
  fetch: (draft) => fetchJars(build.artifacts, join(draft, 'lib')),
};

export const opensearch = searchEngine(build);

/**
 * @param {import('./cluster.js').StartOptions} [options]
 * @returns {Promise<SearchCluster>}
 */
export function startOpensearch(options = {}) {
  return SearchCluster.start(opensearch, options);
}
