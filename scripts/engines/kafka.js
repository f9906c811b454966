// Apache Kafka (KRaft): each node is broker and controller.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installFolder, installOnce } from './cache.js';
import { Cluster } from './cluster.js';
import { javaHome } from './java.js';
import { classArchive, javaCommand } from './java-program.js';
import { kafkaProperties, propertiesText, securedListeners } from './kafka-properties.js';
import { kafkaUser, prepareTls } from './kafka-security.js';
import { fetchJars } from './maven.js';

const version = '4.4.0';
// Without a binding of slf4j a broker says nothing, and that it has started is read from its log.
const artifacts = [`org.apache.kafka:kafka_2.13:${version}`, 'org.slf4j:slf4j-simple:1.7.36'];
const home = () => installFolder(`kafka-${version}`, artifacts);
const uuid = () => `A${randomBytes(15).toString('base64url')}A`;

/** @returns {import('./java-program.js').Program} */
const program = (main, jars, heap = '256m') => ({
  name: `Kafka ${version}`,
  java: 17,
  jars,
  main,
  options: [
    `-Xmx${heap}`,
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.showThreadName=false',
  ],
});
const broker = (heap) => program('kafka.Kafka', home(), heap);

/** @type {import('./cluster.js').Engine} */
export const kafka = {
  name: 'kafka',
  version,
  isInstalled: () => existsSync(home()) && javaHome(broker().java) !== undefined,
  install: () =>
    installOnce(home(), (draft) => {
      fetchJars(artifacts, draft);
      formatTemplate(draft);
    }),
  classArchive: () => classArchive(broker()),
  ports: ({ secured }) => ['plaintext', 'controller', ...(secured ? securedListeners : [])],
  prepare,
  command: (cluster, node) => {
    const start = { folder: cluster.folder(node), archive: cluster.options.archive };
    return javaCommand(broker(cluster.options.heap), [propertiesFile(cluster, node)], start);
  },
  isReady: (cluster, node) => Promise.resolve(cluster.log(node).includes('Kafka Server started')),
  describe: (cluster) => {
    const listeners = ['plaintext', ...(cluster.options.secured ? securedListeners : [])];
    return Object.fromEntries(listeners.map((name) => [name, cluster.addresses(name).join(',')]));
  },
};

/** A Kafka that runs. */
export class KafkaCluster extends Cluster {
  /** @returns {string[]} */
  get brokers() {
    return this.addresses('plaintext');
  }

  /**
   * The brokers of one of the listeners that a cluster has when it is started `secured`. `tls` encrypts and asks nobody who they are.
   * @param {'sasl' | 'tls' | 'saslTls'} listener
   * @returns {string[]}
   */
  securedBrokers(listener) {
    return this.addresses(listener);
  }

  /** @returns {string} the file of the authority that signed the certificates of a cluster started `secured` */
  get authority() {
    return prepareTls(this).authority;
  }
}

/**
 * @param {import('./cluster.js').StartOptions} [options]
 * @returns {Promise<KafkaCluster>}
 */
export async function startKafka(options = {}) {
  const cluster = new KafkaCluster(kafka, options);
  await cluster.startAll();
  return cluster;
}

function prepare(cluster, node) {
  const data = join(cluster.folder(node), 'data');
  if (cluster.options.secured) prepareTls(cluster);
  writeFileSync(propertiesFile(cluster, node), kafkaProperties(cluster, node, data));
  if (existsSync(join(data, 'meta.properties'))) return;
  const clusterId = cluster.fact('clusterId', uuid);
  if (cluster.options.secured) formatWithUser(cluster, node, clusterId);
  else copyFormatted(data, clusterId, node);
}

function formatWithUser(cluster, node, clusterId) {
  const { username, password } = kafkaUser;
  const user = `SCRAM-SHA-256=[name=${username},password=${password}]`;
  format(home(), propertiesFile(cluster, node), ['--cluster-id', clusterId, '--add-scram', user]);
}

function copyFormatted(data, clusterId, node) {
  cpSync(join(home(), 'formatted'), data, { recursive: true });
  const identity = { version: 1, 'cluster.id': clusterId, 'node.id': node, 'directory.id': uuid() };
  writeFileSync(join(data, 'meta.properties'), propertiesText(identity));
}

/** Formatted folders differ in one file only: formatting one ahead saves each node a start of Java. */
function formatTemplate(folder) {
  const file = join(folder, 'format.properties');
  const listeners = { listeners: 'CONTROLLER://127.0.0.1:1', 'controller.listener.names': 'CONTROLLER' };
  const roles = { 'process.roles': 'controller', 'node.id': 1, 'controller.quorum.voters': '1@127.0.0.1:1' };
  writeFileSync(file, propertiesText({ ...roles, ...listeners, 'log.dirs': join(folder, 'formatted') }));
  format(folder, file, ['--cluster-id', uuid()]);
  rmSync(file);
}

function format(jars, properties, options) {
  const tool = program('kafka.tools.StorageTool', jars);
  const args = ['format', '--config', properties, ...options];
  const command = javaCommand(tool, args, { folder: dirname(properties) });
  const { status, error, stdout, stderr } = spawnSync(command.file, command.args, {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0)
    throw new Error(`Kafka's folder could not be formatted: ${error?.message ?? ''} ${stdout}${stderr}`);
}

function propertiesFile(cluster, node) {
  return join(cluster.folder(node), 'server.properties');
}
