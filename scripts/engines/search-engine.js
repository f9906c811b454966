// What Elasticsearch and OpenSearch have in common: a Java program with a home folder, told by settings, that answers HTTP.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFolder, installOnce } from './cache.js';
import { javaHome } from './java.js';
import { classArchive, javaCommand, kitTool } from './java-program.js';

const sources = fileURLToPath(new URL('java', import.meta.url));
const answerWithinMs = 2_000;

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {string} version
 * @property {number} java the oldest that runs it
 * @property {string} heap
 * @property {readonly string[]} artifacts what Maven is asked for
 * @property {readonly string[]} sources folders of Java sources, compiled together
 * @property {(draft: string) => void} fetch fills `lib`, and `modules` where the engine has such
 * @property {(draft: string, compiled: string) => void} [arrange] puts more in place
 * @property {readonly string[]} [options] for Java
 * @property {Readonly<Record<string, string>>} [settings]
 */

/**
 * @param {Build} build
 * @returns {import('./cluster.js').Engine}
 */
export function searchEngine(build) {
  const home = () => installFolder(`${build.name}-${build.version}`, [build.artifacts, sourcesOf(build)]);
  return {
    name: build.name,
    version: build.version,
    isInstalled: () => existsSync(home()) && javaHome(build.java) !== undefined,
    install: () => installOnce(home(), (draft) => fill(build, draft)),
    ports: () => ['http', 'transport'],
    prepare: (cluster, node) => prepareHome(home(), cluster.folder(node)),
    classArchive: () => classArchive(program(build, home(), build.heap)),
    command: (cluster, node) => {
      const settings = Object.entries(settingsOf(build, cluster, node)).map(([name, value]) => `${name}=${value}`);
      const start = { folder: cluster.folder(node), archive: cluster.options.archive };
      return javaCommand(program(build, home(), cluster.options.heap ?? build.heap), settings, start);
    },
    isReady,
    describe: (cluster) => ({ http: urls(cluster).join(',') }),
  };
}

/**
 * @param {import('./cluster.js').Cluster} cluster
 * @returns {string[]}
 */
export function urls(cluster) {
  return cluster.addresses('http').map((address) => `http://${address}`);
}

function program({ name, version, java, options = [] }, home, heap) {
  const logging = `-Dlog4j2.configurationFile=${join(home, 'log4j2.xml')}`;
  const memory = [`-Xms${heap}`, `-Xmx${heap}`];
  const all = [...memory, logging, ...options];
  return { name: `${name} ${version}`, java, jars: join(home, 'lib'), main: 'SearchNode', options: all };
}

/** What is compiled becomes jars: Java archives no classes that lie in folders. */
function fill(build, draft) {
  for (const folder of ['lib', 'modules', 'plugins']) mkdirSync(join(draft, folder));
  build.fetch(draft);
  cpSync(join(sources, 'log4j2.xml'), join(draft, 'log4j2.xml'));
  const classes = join(draft, 'classes');
  const options = ['-proc:none', '-nowarn', '-cp', join(draft, 'lib', '*'), '-d', classes];
  execute(kitTool(build, 'javac'), ['--release', String(build.java), ...options, ...sourceFiles(build)]);
  build.arrange?.(draft, classes);
  makeJar(build, join(draft, 'lib', 'search-node.jar'), classes, '.');
}

/**
 * Takes compiled classes into a jar: a class may be in one place only.
 * @param {{ name: string, java: number }} build
 * @param {string} jar
 * @param {string} classes
 * @param {string} part
 */
export function makeJar(build, jar, classes, part) {
  execute(kitTool(build, 'jar'), ['--create', '--file', jar, '-C', classes, part]);
  rmSync(join(classes, part), { recursive: true });
}

function prepareHome(installed, folder) {
  for (const name of ['config', 'data']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['modules', 'plugins']) {
    rmSync(join(folder, name), { force: true });
    symlinkSync(join(installed, name), join(folder, name));
  }
}

function settingsOf(build, cluster, node) {
  const name = (number) => `node${number}`;
  const alone = { 'discovery.type': 'single-node' };
  const together = {
    'discovery.seed_hosts': cluster.addresses('transport').join(','),
    'cluster.initial_master_nodes': cluster.nodes.map(name).join(','),
  };
  return {
    'path.home': cluster.folder(node),
    'path.logs': join(cluster.folder(node), 'logs'),
    'cluster.name': 'keytrail',
    'node.name': name(node),
    'network.host': '127.0.0.1',
    'http.port': cluster.port('http', node),
    'transport.port': cluster.port('transport', node),
    'cluster.routing.allocation.disk.threshold_enabled': false,
    // Counts garbage too, of which the serial collector leaves much lying: requests would be refused at random.
    'indices.breaker.total.use_real_memory': false,
    ...(cluster.state.nodes === 1 ? alone : together),
    ...build.settings,
    ...cluster.options.settings,
  };
}

/** Ready when it sees every node that runs, and all that is kept can be read. */
async function isReady(cluster, node) {
  const wait = `wait_for_status=yellow&wait_for_nodes=>=${cluster.pids.length}&timeout=1s`;
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const answer = await fetch(`${urls(cluster)[node - 1]}/_cluster/health?${wait}`, { signal });
    const health = await answer.json();
    return health.timed_out === false;
  } catch {
    return false;
  }
}

/** What is compiled is part of what is installed: other sources, another installation. */
function sourcesOf(build) {
  return [...sourceFiles(build), join(sources, 'log4j2.xml')].map((file) => readFileSync(file, 'utf8'));
}

function sourceFiles(build) {
  return build.sources.flatMap((folder) => globSync(join(sources, folder, '*.java')).sort());
}

function execute(file, args) {
  const { status, error, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`${file} failed: ${error?.message ?? ''} ${stdout}${stderr}`);
}
