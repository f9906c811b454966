import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';

/** A tool of others that judges what Keytrail makes; scripts/ci-engines.sh installs it. */
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

function answers(command: string, option: string): boolean {
  return spawnSync(command, [option]).error === undefined;
}
