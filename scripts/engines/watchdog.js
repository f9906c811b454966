// Engines end with the process that started them, also when it is killed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('watchdog.sh', import.meta.url));
let input;

/** @param {number} pid */
export const watch = (pid) => tell(`+ ${pid}`);
/** @param {number} pid */
export const unwatch = (pid) => tell(`- ${pid}`);
/** @param {string} folder removed at the end */
export const removeAtEnd = (folder) => tell(`/ ${folder}`);

function tell(line) {
  input ??= start();
  input.write(`${line}\n`);
}

/** In a session of its own, which Ctrl-C does not reach, and no reason for this process to go on. */
function start() {
  const watchdog = spawn('sh', [script], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  watchdog.stdin.unref();
  return watchdog.stdin;
}
