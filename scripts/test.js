// `npm test [patterns]`: the whole suite. The last line is always "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'node_modules', '.cache', `jest-results-${process.pid}.json`);
const nodeOptions = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

mkdirSync(dirname(results), { recursive: true });
const run = spawnSync(
  process.execPath,
  [...nodeOptions, jest, '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
  { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] },
);

/** A spec file that could not even be loaded counts as one failure: no result is never a pass. */
function counts() {
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 };
  const summary = JSON.parse(readFileSync(results, 'utf8'));
  rmSync(results);
  return {
    passed: summary.numPassedTests,
    failed: summary.numFailedTests + summary.numRuntimeErrorTestSuites,
    skipped: summary.numPendingTests + summary.numTodoTests,
  };
}

const { passed, failed, skipped } = counts();
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : (run.status ?? 1);
