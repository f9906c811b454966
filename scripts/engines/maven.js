import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.js';
import { exclusively } from '../exclusively.js';

const dependencyPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const patienceMs = 10 * 60 * 1000;

/** @returns {boolean} */
export function mavenIsThere() {
  return spawnSync('mvn', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Copies artifacts and all that they need into a folder.
 * @param {readonly string[]} coordinates group:artifact:version each
 * @param {string} folder
 */
export function fetchJars(coordinates, folder) {
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, project(coordinates));
  maven(['-f', pom, `${dependencyPlugin}:copy-dependencies`, `-DoutputDirectory=${folder}`, '-DincludeScope=runtime']);
  rmSync(pom);
}

/** Asks Maven's own cache first. One Maven at a time: two spoil each other's downloads. */
function maven(options) {
  const run = (...more) =>
    spawnSync('mvn', ['-B', '-ntp', '-q', ...more, ...options], {
      cwd: cacheFolder(),
      encoding: 'utf8',
      timeout: patienceMs,
    });
  const { status, error, stdout, stderr } = exclusively(join(cacheFolder(), 'maven.lock'), () => {
    const offline = run('--offline');
    return offline.status === 0 ? offline : run();
  });
  if (status !== 0) throw new Error(`Maven failed: ${error?.message ?? ''} ${stdout}${stderr}`);
}

function project(coordinates) {
  const dependency = ([groupId, artifactId, version]) =>
    `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`;
  const dependencies = coordinates.map((coordinate) => dependency(coordinate.split(':'))).join('');
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>keytrail</groupId><artifactId>engine</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependencies}</dependencies></project>
`;
}
