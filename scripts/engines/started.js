// What was started by hand: a link to each data folder, so that it can be listed and stopped later.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.js';
import { engineNamed } from './catalogue.js';
import { Cluster, keptIn } from './cluster.js';

const folder = () => join(cacheFolder(), 'started');
const linkTo = (data) => join(folder(), createHash('sha256').update(data).digest('hex').slice(0, 12));

/** @param {Cluster} cluster */
export function remember(cluster) {
  forget(cluster);
  mkdirSync(folder(), { recursive: true });
  symlinkSync(cluster.data, linkTo(cluster.data));
}

/** @param {Cluster} cluster */
export function forget(cluster) {
  rmSync(linkTo(cluster.data), { force: true });
}

/** @returns {Cluster[]} those of which a node runs */
export function startedByHand() {
  mkdirSync(folder(), { recursive: true });
  const links = readdirSync(folder()).map((name) => join(folder(), name));
  return links.flatMap((link) => {
    const data = readlinkSync(link);
    const kept = keptIn(data);
    const cluster = kept && new Cluster(engineNamed(kept.engine), { data });
    if (cluster && cluster.pids.length > 0) return [cluster];
    rmSync(link);
    return [];
  });
}
