import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from '@jest/globals';

const shared = resolve(import.meta.dirname, '../../../shared');

/** A path of the conformance data that lies beside the project, where there is any. */
export function sharedPath(...parts: string[]): string {
  return join(shared, ...parts);
}

/** A suite over conformance data; skipped, visibly, where that data is absent. */
export function describeShared(folder: string, name: string, suite: () => void): void {
  if (existsSync(sharedPath(folder))) describe(name, suite);
  else describe.skip(`${name} (no conformance data beside the project)`, suite);
}
