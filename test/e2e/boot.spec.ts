import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolder } from '../../src/storage/data-folder/data-folder.js';

const built = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

let folder: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-boot-'));
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ PATH: process.env['PATH'], KEYTRAIL_DATA: join(folder, 'data'), KEYTRAIL_PORT: '0' });

interface Running {
  readonly address: string;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly stop: (signal: NodeJS.Signals) => Promise<unknown>;
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawn(process.execPath, [built('main.js')], {
    cwd: folder,
    env: { ...environment(), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const exited = once(child, 'exit');
  const lines: Record<string, unknown>[] = [];
  const reader = createInterface({ input: child.stdout });
  const address = await new Promise<string>((resolve, reject) => {
    reader.on('line', (text) => {
      const line = JSON.parse(text) as Record<string, unknown>;
      lines.push(line);
      if (line['event'] === 'service.started') resolve(String(line['address']));
    });
    void exited.then(() => {
      reject(new Error('it ended before it listened'));
    });
  });
  return {
    address,
    lines,
    stop: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

// An import that Node can't follow compiles and passes every other test: only the built program shows it.
describe('the built program', () => {
  it('starts, tells where it listens, and stops cleanly when it is told to', async () => {
    const { address, lines, stop } = await start();

    expect((await fetch(`${address}/livez`)).status).toBe(200);
    expect(DataFolder.holder(join(folder, 'data'))?.address).toBe(address);
    expect(await stop('SIGTERM')).toEqual([0, null]);
    expect(lines.at(-1)).toMatchObject({ event: 'service.stopped', clean: true });
    expect(lines.map(({ event }) => event)).not.toContain('error.unexpected');
    expect(DataFolder.holder(join(folder, 'data'))).toBeUndefined();
  });

  it('makes one first key, in a file as nobody looks at a terminal, and knows it after a restart', async () => {
    const first = await start();
    const key = readFileSync(join(folder, 'data', 'bootstrap-key'), 'utf8').trim();
    await first.stop('SIGTERM');
    const { address, lines, stop } = await start();

    const answer = await fetch(`${address}/v1/keys`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { keys: unknown[] }).keys).toHaveLength(1);
    await stop('SIGINT');
    expect(JSON.stringify([...first.lines, ...lines])).not.toContain(key);
  });

  it('serves metrics on a port of their own where one is named', async () => {
    const port = String(20_000 + (process.pid % 20_000));
    const { stop } = await start({ KEYTRAIL_METRICS_PORT: port });

    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await answer.text()).toContain('keytrail_ready 1');
    await stop('SIGTERM');
  });

  it('refuses a folder that another process holds, and says which', async () => {
    const { address, stop } = await start();
    const second = spawnSync(process.execPath, [built('main.js')], {
      cwd: folder,
      env: environment(),
      encoding: 'utf8',
    });

    expect(second.status).toBe(4);
    expect(second.stderr).toContain('STORAGE.FOLDER_IN_USE');
    expect(second.stderr).toContain(address);
    await stop('SIGTERM');
  });

  it('refuses to start with a faulty configuration, and names every fault', () => {
    const env = { ...environment(), KEYTRAIL_PORT: 'x', KEYTRAIL_LOG_LEVEL: 'y' };
    const { status, stderr } = spawnSync(process.execPath, [built('main.js')], { cwd: folder, env, encoding: 'utf8' });

    expect(status).toBe(2);
    expect(stderr).toContain('KEYTRAIL_PORT');
    expect(stderr).toContain('KEYTRAIL_LOG_LEVEL');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('reads .env of the working folder, and prefers what is set', () => {
    writeFileSync(join(folder, '.env'), 'KEYTRAIL_PORT=from-file\nKEYTRAIL_METRICS_PORT=from-file\n');
    const options = { cwd: folder, env: environment(), encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, [built('main.js')], options);

    expect(status).toBe(2);
    expect(stderr).toContain('KEYTRAIL_METRICS_PORT');
    expect(stderr).not.toContain('KEYTRAIL_PORT');
  });

  it('has a command line that tells its version', () => {
    const { status, stdout } = spawnSync(process.execPath, [built('cli.js'), '--version'], { encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' });
  });
});
