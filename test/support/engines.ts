import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';
import { type Engine as Launched } from '../../scripts/engines/cluster.js';
import { elasticsearch, elasticsearch8 } from '../../scripts/engines/elasticsearch.js';
import { kafka } from '../../scripts/engines/kafka.js';
import { openbao } from '../../scripts/engines/openbao.js';
import { opensearch } from '../../scripts/engines/opensearch.js';

/** A program of others that Keytrail works with, or that judges what it makes; scripts/ci-engines.sh installs it. */
export interface Engine {
  readonly name: string;
  readonly present: boolean;
}

export const QPDF: Engine = { name: 'qpdf', present: answers('qpdf', '--version') };
export const POPPLER: Engine = { name: 'poppler-utils', present: answers('pdftotext', '-v') };

const [veraPdfJar = ''] = globSync('node_modules/.cache/engines/verapdf/greenfield-apps-*.jar', {
  cwd: resolve(import.meta.dirname, '../..'),
}).map((path) => resolve(import.meta.dirname, '../..', path));

export const VERAPDF: Engine = { name: 'veraPDF', present: veraPdfJar !== '' && answers('java', '-version') };

/** Engines that a spec starts for itself, to break them: see scripts/engines. */
export const OWN_KAFKA = launched('Kafka', kafka);
export const OWN_ELASTICSEARCH = launched('Elasticsearch', elasticsearch);
export const OWN_ELASTICSEARCH_8 = launched('Elasticsearch 8', elasticsearch8);
export const OWN_OPENSEARCH = launched('OpenSearch', opensearch);
export const OWN_OPENBAO = launched('OpenBao', openbao);

/** Engines that the specs of a run share: see shared-engines.ts. */
export const KAFKA = shared(OWN_KAFKA, 'KEYTRAIL_TEST_KAFKA');
export const ELASTICSEARCH = shared(OWN_ELASTICSEARCH, 'KEYTRAIL_TEST_ELASTICSEARCH');

/** What veraPDF says of files: a line that begins with PASS or FAIL for each, and why. */
export function veraPdf(flavour: '3a' | 'ua1', ...files: string[]): string {
  const main = 'org.verapdf.apps.GreenfieldCliWrapper';
  return run('java', '-cp', veraPdfJar, main, '-f', flavour, '-v', '--format', 'text', ...files);
}

/** A suite that needs engines: skipped, visibly, where one is absent, unless KEYTRAIL_REQUIRE_ENGINES=1. */
export function describeEngines(engines: readonly Engine[], name: string, suite: () => void): void {
  const absent = engines.filter(({ present }) => !present).map((engine) => engine.name);
  if (absent.length === 0 || process.env['KEYTRAIL_REQUIRE_ENGINES'] === '1') describe(name, suite);
  else describe.skip(`${name} (without ${absent.join(', ')})`, suite);
}

/** What a tool says, standard error included. */
export function run(command: string, ...options: string[]): string {
  const { stdout, stderr, error } = spawnSync(command, options, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw error;
  return stdout + stderr;
}

function launched(name: string, engine: Launched): Engine {
  return { name, present: engine.isInstalled() };
}

function shared({ name, present }: Engine, variable: string): Engine {
  return { name, present: present || process.env[variable] !== undefined };
}

function answers(command: string, option: string): boolean {
  return spawnSync(command, [option]).error === undefined;
}
