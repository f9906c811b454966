import { open } from 'node:fs/promises';
import { KeytrailError } from '../../domain/errors.js';
import { Secret } from '../../domain/secret.js';
import type { Terminal } from './terminal.js';

const OPEN_TO_OTHERS = 0o077;

/** The key in a file: the first line of it. @throws KeytrailError CLI.FILE_UNREADABLE */
export async function readKeyFile(path: string, terminal: Terminal): Promise<Secret<string>> {
  const { text, mode } = await read(path);
  if ((mode & OPEN_TO_OTHERS) !== 0) terminal.note(`${path} can be read by others: chmod 600 ${path}`);
  const key = text.split('\n', 1)[0]?.trim() ?? '';
  if (key === '') throw new KeytrailError('CLI.FILE_UNREADABLE', { file: path, reason: 'it holds no key' });
  return new Secret(key);
}

async function read(path: string): Promise<{ readonly text: string; readonly mode: number }> {
  try {
    const file = await open(path);
    try {
      const { mode } = await file.stat();
      return { text: await file.readFile('utf8'), mode };
    } finally {
      await file.close();
    }
  } catch {
    throw new KeytrailError('CLI.FILE_UNREADABLE', { file: path });
  }
}
