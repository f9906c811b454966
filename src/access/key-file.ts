import { open, readFile, rm } from 'node:fs/promises';
import { fileError } from '../platform/disk/file-error.js';
import { parseKey, type KeyText } from './domain/key-text.js';

/** The key in a file, or `undefined` when there is no such file or no key in it. */
export async function readKeyFile(path: string): Promise<KeyText | undefined> {
  try {
    return parseKey((await readFile(path, 'utf8')).trim());
  } catch {
    return undefined;
  }
}

/** Writes a key where only this user can read it, and lasting, before anyone relies on it. */
export async function writeKeyFile(path: string, key: KeyText): Promise<void> {
  try {
    await rm(path, { force: true });
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(`${key.text}\n`);
    await file.sync();
  } catch (error) {
    throw fileError(error, 'key_file');
  }
}
