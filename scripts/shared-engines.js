// The engines that the specs of one Jest run share: started when the first spec asks, ended with the run.
import { createServer } from 'node:http';
import { engineNamed } from './engines/catalogue.js';
import { Cluster } from './engines/cluster.js';

/** One Jest run's. It answers `GET /<engine>` with how to connect, once the engine is ready. */
export class SharedEngines {
  #started = new Map();
  #server = createServer((request, response) => void this.#answer(request, response));

  /** @returns {Promise<string>} the address to ask */
  async listen() {
    await new Promise((listening) => this.#server.listen(0, '127.0.0.1', listening));
    this.#server.unref();
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.close();
    await Promise.allSettled([...this.#started.values()].map(async (started) => (await started).stop()));
  }

  async #answer(request, response) {
    try {
      const cluster = await this.#engine(request.url.slice(1));
      response.end(JSON.stringify(cluster.engine.describe(cluster)));
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  }

  #engine(name) {
    const started = this.#started.get(name) ?? start(name);
    this.#started.set(name, started);
    return started;
  }
}

async function start(name) {
  const cluster = new Cluster(engineNamed(name), {});
  await cluster.startAll();
  return cluster;
}
