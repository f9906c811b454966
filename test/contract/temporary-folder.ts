import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Call in a describe block: gives folders that are gone after its tests. */
export function temporaryFolders(): () => string {
  const folders: string[] = [];
  // Not after each test: what is open in them is closed then, and would miss its files.
  afterAll(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'keytrail-'));
    folders.push(folder);
    return folder;
  };
}
