import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { awaitUntil } from '../support/await-until.js';
import { describeEngines, OWN_KAFKA } from '../support/engines.js';
import { ENGINE_TIMEOUT } from '../support/shared-engines.js';

const COMMAND = fileURLToPath(new URL('../../scripts/engines.js', import.meta.url));
const KAFKA = new URL('../../scripts/engines/kafka.js', import.meta.url).href;

describeEngines([OWN_KAFKA], 'Engines', () => {
  it(
    'started by hand go on, are listed, come back on the same ports and are stopped',
    async () => {
      const data = await mkdtemp(join(tmpdir(), 'keytrail-engines-'));
      const started = engines('start', 'kafka', '--data', data);
      const [, brokers = ''] = /plaintext (\S+)/.exec(started) ?? [];
      expect(engines('list')).toContain(brokers);
      expect(engines('stop', 'kafka', '--data', data)).toContain(`stopped kafka in ${data}`);
      expect(engines('list')).not.toContain(brokers);
      expect(engines('start', 'kafka', '--data', data)).toContain(brokers);
      expect(engines('stop', '--data', data)).toContain('stopped');
      await rm(data, { recursive: true });
    },
    ENGINE_TIMEOUT,
  );

  it(
    'end with whoever started them, also when that is killed, and leave only what is to be kept',
    async () => {
      const kept = await mkdtemp(join(tmpdir(), 'keytrail-engines-'));
      const script = `const { startKafka } = await import(${JSON.stringify(KAFKA)});
        const started = await Promise.all([startKafka({ data: ${JSON.stringify(kept)} }), startKafka()]);
        console.log(JSON.stringify(started.map(({ data, pids }) => ({ data, pid: pids[0] }))));
        setInterval(() => undefined, 1000);`;
      const options = ['--input-type=module', '-e', script];
      const parent = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const started = JSON.parse(line.toString()) as { data: string; pid: number }[];
      expect(started.map(({ pid }) => runs(pid))).toEqual([true, true]);
      parent.kill('SIGKILL');
      await awaitUntil('both are gone', () => !started.some(({ pid }) => runs(pid)));
      await awaitUntil('what was temporary is removed', () => !existsSync(started[1]?.data ?? kept));
      expect(existsSync(kept)).toBe(true);
      await rm(kept, { recursive: true });
    },
    ENGINE_TIMEOUT,
  );

  it('are explained', () => {
    expect(engines('--help')).toContain('start ENGINE');
    expect(engines('begin')).toContain('Name a command');
    expect(engines('start', 'nothing')).toContain('Name one of: kafka');
  });
});

function engines(...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  return stdout + stderr;
}

function runs(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return /^[^Z]/.test(state);
}
