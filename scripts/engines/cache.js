// Where engines are installed: outside of the project, so that neither `npm ci` nor a fresh clone throws them away.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exclusively } from '../exclusively.js';

/** Raised when an installation is laid out otherwise, so that no older one is taken for it. */
const layout = 1;

/** @returns {string} */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'keytrail-engines');
}

/**
 * The folder of what `recipe` says: another recipe is another folder.
 * @param {string} name
 * @param {unknown} recipe
 * @returns {string}
 */
export function installFolder(name, recipe) {
  const hash = createHash('sha256')
    .update(JSON.stringify([layout, recipe]))
    .digest('hex');
  return join(cacheFolder(), `${name}-${hash.slice(0, 12)}`);
}

/**
 * Fills a folder once. It appears whole, or not at all; a second process waits for the first.
 * @param {string} folder
 * @param {(draft: string) => void} fill
 */
export function installOnce(folder, fill) {
  if (existsSync(folder)) return;
  mkdirSync(cacheFolder(), { recursive: true });
  exclusively(`${folder}.lock`, () => {
    if (existsSync(folder)) return; // another process installed while this one waited
    for (const left of globSync(`${folder}.draft-*`)) rmSync(left, { recursive: true });
    const draft = mkdtempSync(`${folder}.draft-`);
    try {
      fill(draft);
      renameSync(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
}
