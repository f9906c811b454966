// One process at a time: two commands started together on a fresh clone must not install or build over each other.
// Written for old Node: run.js uses it before there is another one.
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';

const pauseMs = 200;
const patienceMs = 10 * 60 * 1000;

/** Runs `action` while holding `lockFile`. A lock left by a dead process is taken over; a live one is waited for, at most ten minutes. */
export function exclusively(lockFile, action) {
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    waitFor(own, lockFile);
  } finally {
    unlinkSync(own);
  }
  try {
    return action();
  } finally {
    remove(lockFile);
  }
}

function waitFor(own, lockFile) {
  const giveUpAt = Date.now() + patienceMs;
  while (!link(own, lockFile)) {
    if (Date.now() > giveUpAt) throw new Error(`Waited ten minutes for ${lockFile}: another process holds it.`);
    if (holderIsDead(lockFile)) remove(lockFile);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
}

/** A link appears whole, with the holder's process id in it, or not at all. */
function link(own, lockFile) {
  try {
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function holderIsDead(lockFile) {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function remove(lockFile) {
  try {
    unlinkSync(lockFile);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
