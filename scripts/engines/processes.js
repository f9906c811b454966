import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Starts a process in a group of its own, what it says going to the end of a file.
 * @param {{ file: string, args: readonly string[] }} command
 * @param {{ folder: string, log: string }} where
 * @returns {Promise<number>} its id
 */
export async function startProcess({ file, args }, { folder, log }) {
  const output = openSync(log, 'a');
  try {
    const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' };
    const child = spawn(file, args, { cwd: folder, env, detached: true, stdio: ['ignore', output, output] });
    await new Promise((spawned, failed) => child.once('spawn', spawned).once('error', failed));
    child.unref();
    return child.pid;
  } finally {
    closeSync(output);
  }
}

/**
 * Whether a process runs and names the folder in its command: an id may have become another's, and one that has ended
 * but was not waited for has no command.
 * @param {number | undefined} pid
 * @param {string} folder
 * @returns {boolean}
 */
export function isRunning(pid, folder) {
  return pid !== undefined && commandOf(pid).includes(folder);
}

function commandOf(pid) {
  if (!existsSync('/proc/self/cmdline'))
    return spawnSync('ps', ['-o', 'args=', '-p', pid], { encoding: 'utf8' }).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Sends a signal; true if the process has ended within the time.
 * @param {number} pid
 * @param {string} folder
 * @param {NodeJS.Signals} signal
 * @param {number} withinMs
 */
export async function endProcess(pid, folder, signal, withinMs) {
  sendSignal(pid, folder, signal);
  for (const end = Date.now() + withinMs; isRunning(pid, folder); await pause(10)) if (Date.now() > end) return false;
  return true;
}

/**
 * @param {number | undefined} pid
 * @param {string} folder
 * @param {NodeJS.Signals} signal
 */
export function sendSignal(pid, folder, signal) {
  if (!isRunning(pid, folder)) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
