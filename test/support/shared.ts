import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from '@jest/globals';

const shared = resolve(import.meta.dirname, '../../../shared');

/** A path of the conformance data that lies beside the project, where there is any. */
export function sharedPath(...parts: string[]): string {
  return join(shared, ...parts);
}

/** A suite over conformance data; skipped, visibly, where that data is absent. */
export function describeShared(folder: string, name: string, suite: () => void): void {
  if (existsSync(sharedPath(folder))) {
    describe(name, suite);
    return;
  }
  // The suite's own body is not run: it reads the data to know its tests.
  describe(name, () => {
    it.skip('there is no conformance data beside the project', () => undefined);
  });
}
