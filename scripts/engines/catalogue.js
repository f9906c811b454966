import { elasticsearch, elasticsearch8 } from './elasticsearch.js';
import { kafka } from './kafka.js';
import { openbao } from './openbao.js';
import { opensearch } from './opensearch.js';

/** @type {readonly import('./cluster.js').Engine[]} */
export const engines = [kafka, elasticsearch, elasticsearch8, opensearch, openbao];

/**
 * @param {string | undefined} name
 * @returns {import('./cluster.js').Engine}
 */
export function engineNamed(name) {
  const engine = engines.find((one) => one.name === name);
  if (engine === undefined) throw new Error(`Name one of: ${engines.map((one) => one.name).join(', ')}.`);
  return engine;
}
