import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from './ports.js';
import { endProcess, isRunning, sendSignal, startProcess } from './processes.js';
import { removeAtEnd, unwatch, watch } from './watchdog.js';

const stateFile = 'engine.json';
const readyWithinMs = 120_000;
const politeMs = 30_000;
const killedMs = 5_000;

/**
 * What an engine's file tells of it.
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} version
 * @property {() => boolean} isInstalled
 * @property {() => void} install
 * @property {(options: object) => readonly string[]} ports the names of each node's ports
 * @property {(cluster: Cluster, node: number) => void} prepare writes a node's files, before each of its starts
 * @property {(cluster: Cluster, node: number) => { file: string, args: readonly string[] }} command names the node's folder
 * @property {(cluster: Cluster, node: number) => Promise<boolean>} isReady
 * @property {(cluster: Cluster) => Readonly<Record<string, string>>} describe what to connect with
 * @property {() => string} [classArchive] where Java may keep its loaded classes
 *
 * @typedef {object} StartOptions
 * @property {number} [nodes] 1 unless told
 * @property {string} [data] a folder that is kept; without it a temporary one, removed at the end
 * @property {boolean} [outlive] goes on when this process ends
 * @property {Readonly<Record<string, string>>} [settings] of the engine itself
 * @property {string} [archive] a file into which Java writes its loaded classes at the end
 * @property {string} [heap] of Java, such as 1g; small unless told
 * @property {boolean} [secured] Kafka: also with listeners that ask who is there
 *
 * @typedef {object} State
 * @property {number} nodes
 * @property {boolean} temporary
 * @property {Record<string, number[]>} ports
 * @property {Record<string, number>} pids
 * @property {Record<string, string>} facts
 */

/** Nodes of one engine, numbered from 1: processes, their ports and their folders. Started again on the same data, it has the same ports. */
export class Cluster {
  #logStarts = new Map();

  /** @type {Engine} */ engine;
  /** @type {string} */ data;
  /** @type {StartOptions} */ options;
  /** @type {State} */ state;

  /**
   * @param {Engine} engine
   * @param {StartOptions} options
   */
  constructor(engine, options) {
    this.engine = engine;
    this.data = realpathSync(folderOf(engine, options));
    const temporary = options.data === undefined;
    if (temporary && !options.outlive) removeAtEnd(this.data);
    const kept = keptIn(this.data);
    this.options = { ...kept?.options, ...options };
    this.state = kept?.state ?? { nodes: options.nodes ?? 1, temporary, ports: {}, pids: {}, facts: {} };
  }

  /** Starts every node that does not run, and waits until all are ready. */
  async startAll() {
    this.engine.install();
    await this.#choosePorts();
    try {
      const stopped = this.nodes.filter((node) => !this.isRunning(node));
      for (const node of stopped) await this.#launch(node);
      await Promise.all(stopped.map((node) => this.#untilReady(node)));
    } catch (error) {
      await this.#end('SIGKILL');
      throw error;
    }
  }

  /** @returns {number[]} */
  get nodes() {
    return Array.from({ length: this.state.nodes }, (_, index) => index + 1);
  }

  /** @returns {number[]} the ids of the processes that run */
  get pids() {
    return this.nodes.filter((node) => this.isRunning(node)).map((node) => this.state.pids[node]);
  }

  /**
   * @param {number} node
   * @returns {boolean}
   */
  isRunning(node) {
    return isRunning(this.state.pids[node], this.folder(node));
  }

  /**
   * Starts a node that was killed, on its data.
   * @param {number} node
   */
  async start(node) {
    if (!this.isRunning(node)) await this.#launch(node);
    await this.#untilReady(node);
  }

  /**
   * Ends a node as a power cut would, and waits until it is gone.
   * @param {number} node
   */
  async kill(node) {
    if (!(await endProcess(this.state.pids[node], this.folder(node), 'SIGKILL', killedMs)))
      throw new Error(`${this.engine.name}: node ${node} could not be killed`);
    this.#forget(node);
  }

  /**
   * SIGSTOP makes a node hang, SIGCONT lets it go on.
   * @param {number} node
   * @param {NodeJS.Signals} signal
   */
  signal(node, signal) {
    sendSignal(this.state.pids[node], this.folder(node), signal);
  }

  /** Ends all nodes: in order where the data is kept, at once where it is thrown away. */
  async stop() {
    await this.#end(this.state.temporary ? 'SIGKILL' : 'SIGTERM');
    if (this.state.temporary) rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * @param {number} node
   * @returns {string}
   */
  folder(node) {
    return join(this.data, `node${node}`);
  }

  /**
   * @param {string} name
   * @param {number} node
   * @returns {number}
   */
  port(name, node) {
    return this.state.ports[name][node - 1];
  }

  /**
   * @param {string} name
   * @returns {string[]} host:port of each node
   */
  addresses(name) {
    return this.nodes.map((node) => `127.0.0.1:${this.port(name, node)}`);
  }

  /**
   * What the data goes on with at its next start, such as an id; made when it is first asked for.
   * @param {string} name
   * @param {() => string} make
   * @returns {string}
   */
  fact(name, make) {
    this.state.facts[name] ??= make();
    this.#keep();
    return this.state.facts[name];
  }

  /**
   * @param {number} node
   * @returns {string} what it said since its last start
   */
  log(node) {
    return readFileSync(this.#logFile(node))
      .subarray(this.#logStarts.get(node) ?? 0)
      .toString();
  }

  async #launch(node) {
    const folder = this.folder(node);
    mkdirSync(folder, { recursive: true });
    this.engine.prepare(this, node);
    const log = this.#logFile(node);
    this.#logStarts.set(node, existsSync(log) ? statSync(log).size : 0);
    const pid = await startProcess(this.engine.command(this, node), { folder, log });
    if (!this.options.outlive) watch(pid);
    this.state.pids[node] = pid;
    this.#keep();
  }

  async #untilReady(node) {
    const end = Date.now() + readyWithinMs;
    while (!(await this.engine.isReady(this, node))) {
      const state = this.isRunning(node) ? `is not ready after ${readyWithinMs} ms` : 'has ended';
      if (Date.now() > end || !this.isRunning(node))
        throw new Error(`${this.engine.name}: node ${node} ${state}:\n${this.log(node).slice(-3000)}`);
      await pause(25);
    }
  }

  async #end(signal) {
    const running = this.nodes.filter((node) => this.isRunning(node));
    await Promise.all(
      running.map(async (node) => {
        const pid = this.state.pids[node];
        this.signal(node, 'SIGCONT');
        if (await endProcess(pid, this.folder(node), signal, politeMs)) this.#forget(node);
        else await this.kill(node);
      }),
    );
  }

  #forget(node) {
    if (this.state.pids[node] !== undefined && !this.options.outlive) unwatch(this.state.pids[node]);
    delete this.state.pids[node];
    this.#keep();
  }

  async #choosePorts() {
    const missing = this.engine.ports(this.options).filter((name) => this.state.ports[name] === undefined);
    const free = await freePorts(missing.length * this.state.nodes);
    for (const name of missing) this.state.ports[name] = free.splice(0, this.state.nodes);
    this.#keep();
  }

  #logFile(node) {
    return join(this.folder(node), 'log.txt');
  }

  /** What concerns one start only is not kept for the next. */
  #keep() {
    const { nodes: _nodes, data: _data, outlive: _outlive, archive: _archive, ...options } = this.options;
    const kept = { engine: this.engine.name, options, state: this.state };
    writeFileSync(join(this.data, stateFile), JSON.stringify(kept));
  }
}

/**
 * What a folder tells of the cluster whose data it holds.
 * @param {string} data
 * @returns {{ engine: string, options: StartOptions, state: State } | undefined}
 */
export function keptIn(data) {
  const file = join(data, stateFile);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function folderOf(engine, { data }) {
  if (data === undefined) return mkdtempSync(join(tmpdir(), `keytrail-${engine.name}-`));
  mkdirSync(data, { recursive: true });
  return data;
}
