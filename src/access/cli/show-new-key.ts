import { open, rm, type FileHandle } from 'node:fs/promises';
import { KeytrailError } from '../../domain/errors.js';
import type { Terminal } from '../../platform/cli/terminal.js';

export interface NewKey {
  readonly id: string;
  readonly key: string;
}

export interface KeyDestination {
  /** A new file that only this user can read; absent = the terminal. */
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Makes a key and shows it. Where it goes is sure before it is made, as it can't be shown again. */
export async function showNewKey(
  terminal: Terminal,
  { out, json }: KeyDestination,
  make: () => Promise<NewKey>,
): Promise<void> {
  if (out !== undefined) {
    const id = await makeIntoFile(out, make);
    if (json) await terminal.json({ id, file: out });
    else await terminal.lines([`key ${id} is in ${out}`]);
    return;
  }
  const { id, key } = await make();
  if (json) await terminal.json({ id, key });
  else await terminal.lines([`key ${id}, shown this once:`, '', `  ${key}`, '']);
}

async function makeIntoFile(path: string, make: () => Promise<NewKey>): Promise<string> {
  const file = await createFile(path);
  try {
    const { id, key } = await make();
    await file.writeFile(`${key}\n`);
    await file.sync();
    return id;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new KeytrailError('CLI.FILE_UNWRITABLE', {
      file: path,
      ...(exists && { reason: 'there is a file already' }),
    });
  }
}
