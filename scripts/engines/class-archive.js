import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster } from './cluster.js';

/**
 * Starts an engine once, so that Java keeps the classes it loads. Only saves time: an engine without is as good.
 * @param {import('./cluster.js').Engine} engine
 */
export async function keepClasses(engine) {
  const archive = engine.classArchive?.();
  if (archive === undefined || existsSync(archive)) return;
  const data = mkdtempSync(join(tmpdir(), `keytrail-${engine.name}-`));
  const draft = `${archive}.${process.pid}`;
  try {
    const cluster = new Cluster(engine, { data, archive: draft });
    await cluster.startAll();
    await cluster.stop(); // Java writes the archive when it ends in order
    renameSync(draft, archive);
  } finally {
    rmSync(data, { recursive: true, force: true });
    rmSync(draft, { force: true });
  }
}
