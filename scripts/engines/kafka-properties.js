import { saslSettings, tlsSettings } from './kafka-security.js';

/** Beside `plaintext`, which every cluster has. */
export const securedListeners = ['sasl', 'tls', 'saslTls'];
const protocols = {
  plaintext: 'PLAINTEXT',
  controller: 'PLAINTEXT',
  sasl: 'SASL_PLAINTEXT',
  tls: 'SSL',
  saslTls: 'SASL_SSL',
};

/**
 * The configuration of one node, quick to start and to come back: Kafka's own times are for machines that are far apart.
 * @param {import('./cluster.js').Cluster} cluster
 * @param {number} node
 * @param {string} data
 * @returns {string}
 */
export function kafkaProperties(cluster, node, data) {
  const names = Object.keys(protocols).filter((name) => cluster.state.ports[name] !== undefined);
  const listener = (name) => `${name.toUpperCase()}://127.0.0.1:${cluster.port(name, node)}`;
  const entries = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'log.dirs': data,
    'controller.quorum.voters': cluster.addresses('controller').map((address, index) => `${index + 1}@${address}`),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': names.map((name) => `${name.toUpperCase()}:${protocols[name]}`),
    listeners: names.map(listener),
    'advertised.listeners': names.filter((name) => name !== 'controller').map(listener),
    'auto.create.topics.enable': false,
    ...replication(cluster.state.nodes),
    ...quickness(cluster.state.nodes),
    ...(cluster.options.secured ? { ...saslSettings(), ...tlsSettings(cluster) } : {}),
    ...cluster.options.settings,
  };
  return propertiesText(entries);
}

/**
 * @param {Readonly<Record<string, unknown>>} entries
 * @returns {string}
 */
export function propertiesText(entries) {
  return Object.entries(entries)
    .map(([name, value]) => `${name}=${String(value)}\n`)
    .join('');
}

function replication(nodes) {
  const replicas = Math.min(3, nodes);
  const inSync = Math.min(2, nodes);
  return {
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 1,
  };
}

/** A broker that was killed is refused until its old session has ended, so sessions are short. */
function quickness(nodes) {
  const alone = nodes === 1;
  return {
    'broker.session.timeout.ms': alone ? 1000 : 2000,
    'broker.heartbeat.interval.ms': 200,
    'controller.quorum.election.timeout.ms': alone ? 200 : 1000,
    'controller.quorum.fetch.timeout.ms': alone ? 500 : 2000,
    'group.initial.rebalance.delay.ms': 0,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
    'log.cleaner.backoff.ms': 100,
    'log.initial.task.delay.ms': 100,
  };
}
