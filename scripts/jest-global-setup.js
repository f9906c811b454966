import { buildIfStale } from './build.js';
import { SharedEngines } from './shared-engines.js';

export default async function globalSetup() {
  buildIfStale();
  globalThis.sharedEngines = new SharedEngines();
  process.env.KEYTRAIL_TEST_ENGINES = await globalThis.sharedEngines.listen();
}
