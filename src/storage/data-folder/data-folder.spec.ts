import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolder } from './data-folder.js';

const startedAt = new Date('2026-11-22T10:00:00Z');
let parent: string;
let path: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'keytrail-folder-'));
  path = join(parent, 'data');
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

/** Another process that holds the folder until it is killed. */
async function otherHolder(): Promise<{ kill: () => Promise<unknown> }> {
  const module = new URL('../../../dist/storage/data-folder/data-folder.js', import.meta.url).href;
  const script = `
    const { DataFolder } = await import(${JSON.stringify(module)});
    DataFolder.hold(${JSON.stringify(path)}, new Date()).announce('http://127.0.0.1:1');
    console.log('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  return {
    kill: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

describe(DataFolder.name, () => {
  it('is made for its owner alone, tells where its holder listens, and is free after release', () => {
    const sut = DataFolder.hold(path, startedAt);
    sut.announce('http://127.0.0.1:7420');

    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(DataFolder.holder(path)).toEqual({
      pid: process.pid,
      startedAt: '2026-11-22T10:00:00.000Z',
      address: 'http://127.0.0.1:7420',
    });

    sut.release();
    expect(DataFolder.holder(path)).toBeUndefined();
    DataFolder.hold(path, startedAt).release();
  });

  it('is refused to a second holder, which is told who has it', async () => {
    const other = await otherHolder();

    expect(() => DataFolder.hold(path, startedAt)).toThrow(
      expect.objectContaining({
        code: 'STORAGE.FOLDER_IN_USE',
        facts: expect.objectContaining({ address: 'http://127.0.0.1:1' }) as unknown,
      }),
    );
    await other.kill();
  });

  it('is free when its holder was killed, whatever the holder file says', async () => {
    await (await otherHolder()).kill();

    expect(existsSync(join(path, 'lock'))).toBe(true);
    expect(DataFolder.holder(path)).toBeUndefined();
    DataFolder.hold(path, startedAt).release();
  });
});
