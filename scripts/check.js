// `npm run check`: everything a machine can judge without running the program. All of it runs, so one go shows every fault.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const checks = [
  ['tsc', '--noEmit'],
  ['eslint', '.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  ['prettier', '--check', '--log-level', 'warn', '.'],
  ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'test'],
];

const failed = checks.filter(([command, ...args]) => {
  console.log(`check: ${command}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
console.log(
  failed.length === 0 ? 'check: all good' : `check: failed: ${failed.map(([command]) => command).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
