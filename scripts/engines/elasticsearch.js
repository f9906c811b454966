import { globSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fetchJars } from './maven.js';
import { makeJar, searchEngine } from './search-engine.js';
import { SearchCluster } from './search-cluster.js';

const transportJars = ['netty-*.jar', 'transport-netty4-*.jar', '*ssl-config-*.jar'];

/**
 * Elasticsearch's server without its distribution: no security, no scripts, no by-query writes.
 * @returns {import('./search-engine.js').Build}
 */
function bareServer({ name, version, java, sources, options = [] }) {
  const artifacts = [
    `org.elasticsearch:elasticsearch:${version}`,
    `org.elasticsearch.plugin:transport-netty4:${version}`,
  ];
  const fetch = (draft) => {
    const lib = join(draft, 'lib');
    fetchJars(artifacts, lib);
    const transport = join(draft, 'modules', 'transport-netty4');
    mkdirSync(transport);
    const jars = transportJars.flatMap((pattern) => globSync(join(lib, pattern)));
    for (const jar of jars) renameSync(jar, join(transport, basename(jar)));
    describePlugin({ version, java }, transport, 'transport-netty4', 'org.elasticsearch.transport.netty4.Netty4Plugin');
  };
  const arrange = (draft, classes) => {
    const plugin = join(draft, 'plugins', 'root-route');
    mkdirSync(plugin);
    makeJar({ name, java }, join(plugin, 'root-route.jar'), classes, 'keytrail');
    describePlugin({ version, java }, plugin, 'root-route', 'keytrail.RootPlugin');
  };
  return { name, version, java, heap: '256m', artifacts, sources: ['elasticsearch', sources], options, fetch, arrange };
}

function describePlugin({ version, java }, folder, name, classname) {
  const facts = { name, classname, version, description: name, 'java.version': java, 'elasticsearch.version': version };
  const lines = Object.entries(facts).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(folder, 'plugin-descriptor.properties'), lines.join(''));
}

export const elasticsearch = searchEngine(
  bareServer({
    name: 'elasticsearch',
    version: '9.5.3',
    java: 21,
    sources: 'elasticsearch-9',
    // The vectors' library is native and not among the jars.
    options: [
      '-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false',
      '--enable-native-access=ALL-UNNAMED',
      '--add-modules=jdk.incubator.vector',
    ],
  }),
);

export const elasticsearch8 = searchEngine(
  bareServer({ name: 'elasticsearch-8', version: '8.19.21', java: 17, sources: 'elasticsearch-8' }),
);

/**
 * @param {import('./cluster.js').StartOptions} [options]
 * @returns {Promise<SearchCluster>}
 */
export function startElasticsearch(options = {}) {
  return SearchCluster.start(elasticsearch, options);
}

/**
 * @param {import('./cluster.js').StartOptions} [options]
 * @returns {Promise<SearchCluster>}
 */
export function startElasticsearch8(options = {}) {
  return SearchCluster.start(elasticsearch8, options);
}
