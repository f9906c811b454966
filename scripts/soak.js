// `npm run soak`: the crash tests, many times over.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(process.execPath, ['scripts/test.js', 'test/e2e/crash'], {
  env: { ...process.env, KEYTRAIL_CRASH_ROUNDS: process.env.KEYTRAIL_CRASH_ROUNDS ?? '50' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
