// `npm test [patterns]`: the whole suite. The last line is always "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const countsFile = join(root, 'node_modules', '.cache', `jest-counts-${process.pid}.json`);
const nodeOptions = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
/** After the patterns: the option takes all words that follow it. */
const reporters = ['--reporters=default', `--reporters=${join(root, 'scripts', 'jest-count-reporter.js')}`];

mkdirSync(dirname(countsFile), { recursive: true });
const run = spawnSync(process.execPath, [...nodeOptions, jest, ...process.argv.slice(2), ...reporters], {
  cwd: root,
  env: { ...process.env, KEYTRAIL_TEST_COUNTS: countsFile },
  stdio: ['inherit', 'ignore', 'inherit'],
});

/** A run that left no counts is one failure: no result is never a pass. */
function counts() {
  if (!existsSync(countsFile)) return { passed: 0, failed: 1, skipped: 0 };
  const counted = JSON.parse(readFileSync(countsFile, 'utf8'));
  rmSync(countsFile);
  return counted;
}

const { passed, failed, skipped } = counts();
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : (run.status ?? 1);
