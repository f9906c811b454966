// Real engines without Docker, for development: see --help. Tests and the bench start their own by scripts/engines/*.js.
import { existsSync, realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { engineNamed, engines } from './engines/catalogue.js';
import { keepClasses } from './engines/class-archive.js';
import { Cluster } from './engines/cluster.js';
import { forget, remember, startedByHand } from './engines/started.js';

const help = `node scripts/engines.js COMMAND

  start ENGINE [--nodes 3] [--data DIR] [--secured]   starts it, or what of it does not run; it goes on until it is stopped
  stop [ENGINE] [--data DIR]                          stops what was started, all of it unless told otherwise
  list                                                what runs, and how to connect
  install [ENGINE...]                                 fetches ahead what start would fetch: all of them unless told otherwise

ENGINE is one of: ${engines.map(({ name, version }) => `${name} (${version})`).join(', ')}.
Everything listens on 127.0.0.1. With --data a later start finds the data and has the same ports; without, the data is
removed at the end. --secured gives Kafka listeners with TLS and with SASL (PLAIN, SCRAM-SHA-256, OAUTHBEARER) too.
Java comes from JAVA_HOME, PATH or /usr/lib/jvm; engines from Maven Central and PyPI, into ~/.cache/keytrail-engines.`;

const commands = { start, stop, list, install };
const options = {
  nodes: { type: 'string' },
  data: { type: 'string' },
  secured: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

async function start([name], { nodes, data, secured }) {
  const engine = engineNamed(name);
  const given = { ...(nodes && { nodes: countOf(nodes) }), ...(data && { data }), ...(secured && { secured }) };
  const cluster = new Cluster(engine, { ...given, outlive: true });
  const begin = performance.now();
  await cluster.startAll();
  remember(cluster);
  describe(cluster);
  console.log(`  ready in ${((performance.now() - begin) / 1000).toFixed(1)} s; node scripts/engines.js stop ${name}`);
}

async function stop([name], { data }) {
  const chosen = startedByHand().filter(
    (cluster) =>
      (name === undefined || cluster.engine === engineNamed(name)) &&
      (data === undefined || (existsSync(data) && cluster.data === realpathSync(data))),
  );
  for (const cluster of chosen) {
    await cluster.stop();
    forget(cluster);
    console.log(`stopped ${cluster.engine.name} in ${cluster.data}`);
  }
  if (chosen.length === 0) console.log('nothing runs that was started so');
}

async function list() {
  const running = startedByHand();
  running.forEach(describe);
  if (running.length === 0) console.log('nothing runs');
}

async function install(names) {
  for (const engine of names.length === 0 ? engines : names.map(engineNamed)) {
    engine.install();
    await keepClasses(engine);
    console.log(`${engine.name} ${engine.version}: installed`);
  }
}

function describe(cluster) {
  const { name, version } = cluster.engine;
  console.log(`${name} ${version}, ${cluster.pids.length} of ${cluster.nodes.length} nodes: ${cluster.pids.join(' ')}`);
  for (const [what, value] of Object.entries({ ...cluster.engine.describe(cluster), data: cluster.data }))
    console.log(`  ${what.padEnd(10)}${value}`);
}

function countOf(text) {
  if (!/^[1-9]$/.test(text)) throw new Error('--nodes takes a number from 1 to 9.');
  return Number(text);
}

try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command, ...names] = positionals;
  if (values.help) console.log(help);
  else if (!Object.hasOwn(commands, command ?? '')) throw new Error(`Name a command.\n\n${help}`);
  else await commands[command](names, values);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
