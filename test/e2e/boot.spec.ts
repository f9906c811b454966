import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const built = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

// An import that Node can't follow compiles and passes every other test: only the built program shows it.
describe('the built program', () => {
  it('starts, and stops when it is told to', async () => {
    const service = spawn(process.execPath, [built('main.js')], {
      env: { ...process.env, KEYTRAIL_PORT: '0', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(service, 'exit');

    for await (const chunk of service.stdout) {
      if (String(chunk).includes('successfully started')) service.kill('SIGTERM');
    }

    expect(await exited).toEqual([null, 'SIGTERM']);
  });

  it('has a command line that tells its version', () => {
    const { status, stdout } = spawnSync(process.execPath, [built('cli.js'), '--version'], { encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' });
  });
});
