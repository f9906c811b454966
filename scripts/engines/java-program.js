import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { javaHome } from './java.js';

/** Small and quick to start rather than fast for long. */
const small = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

/**
 * An installed Java program.
 * @typedef {object} Program
 * @property {string} name as it is told to people
 * @property {number} java the oldest that runs it
 * @property {string} jars folder of its jars
 * @property {string} main class
 * @property {readonly string[]} [options] for Java
 */

/**
 * @param {Program} program
 * @param {readonly string[]} args
 * @param {{ folder: string, archive?: string }} start temporary files go into the folder
 */
export function javaCommand(program, args, { folder, archive }) {
  const kept = classArchive(program);
  const classes = archive
    ? [`-XX:ArchiveClassesAtExit=${archive}`]
    : existsSync(kept)
      ? [`-XX:SharedArchiveFile=${kept}`]
      : [];
  const options = [...small, ...classes, '-Xlog:disable', `-Djava.io.tmpdir=${folder}`, ...(program.options ?? [])];
  return { file: kitTool(program, 'java'), args: [...options, '-cp', join(program.jars, '*'), program.main, ...args] };
}

/**
 * Where the program's loaded classes are kept, for this very Java: with them it starts in half the time.
 * @param {Program} program
 * @returns {string}
 */
export function classArchive(program) {
  const release = readFileSync(join(kit(program), 'release'));
  const hash = createHash('sha256').update(release).digest('hex');
  return join(program.jars, `classes-${hash.slice(0, 12)}.jsa`);
}

/**
 * @param {{ name: string, java: number }} program
 * @param {'java' | 'javac' | 'jar'} tool
 * @returns {string}
 */
export function kitTool(program, tool) {
  return join(kit(program), 'bin', tool);
}

function kit({ name, java }) {
  const home = javaHome(java);
  if (home === undefined) throw new Error(`${name} needs a Java development kit of version ${java} or newer.`);
  return home;
}
