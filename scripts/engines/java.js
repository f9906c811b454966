import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * The first Java development kit that is new enough: JAVA_HOME, then `java` in PATH, then where systems install them.
 * @param {number} minimum
 * @returns {string | undefined} its home
 */
export function javaHome(minimum) {
  return homes().find((home) => isKit(home) && version(home) >= minimum);
}

function homes() {
  const named = process.env.JAVA_HOME ? [process.env.JAVA_HOME] : [];
  const inPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'java'));
  const onPath = inPath.filter((java) => existsSync(java)).map((java) => dirname(dirname(realpathSync(java))));
  const installed = ['/usr/lib/jvm/*', '/Library/Java/JavaVirtualMachines/*/Contents/Home'];
  return [...named, ...onPath, ...installed.flatMap((pattern) => globSync(pattern).sort())];
}

function isKit(home) {
  return ['release', 'bin/java', 'bin/javac'].every((file) => existsSync(join(home, file)));
}

/** A kit says its version in a file: no need to start it. */
function version(home) {
  const [, major] = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(join(home, 'release'), 'utf8')) ?? [];
  return Number(major ?? 0);
}
