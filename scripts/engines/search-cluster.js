import { Cluster } from './cluster.js';
import { urls } from './search-engine.js';

/** An Elasticsearch or OpenSearch that runs. */
export class SearchCluster extends Cluster {
  /**
   * @param {import('./cluster.js').Engine} engine
   * @param {import('./cluster.js').StartOptions} options
   * @returns {Promise<SearchCluster>}
   */
  static async start(engine, options) {
    const cluster = new SearchCluster(engine, options);
    await cluster.startAll();
    return cluster;
  }

  /** @returns {string[]} of each node */
  get urls() {
    return urls(this);
  }
}
