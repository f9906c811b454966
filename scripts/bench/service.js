// The service under measurement: a process of its own on a temporary folder, on loopback.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export async function startService() {
  const folder = mkdtempSync(join(tmpdir(), 'keytrail-bench-'));
  // As `npm start` and the image start it.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', resolve('dist/main.js')], {
    env: { PATH: process.env.PATH, MALLOC_ARENA_MAX: '2', KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise((done) => child.once('exit', done));
  const holder = await lockHolder(folder, child);
  const key = readFileSync(join(folder, 'bootstrap-key'), 'utf8').trim();
  return {
    folder,
    key,
    url: holder.address,
    memory: () => memory(child.pid),
    get: (path) => get(holder.address + path, key),
    timed: (path) => timed(holder.address + path, key),
    post: (path, body) => get(holder.address + path, key, { method: 'POST', body: JSON.stringify(body) }),
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function lockHolder(folder, child) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    const holder = readLock(join(folder, 'lock'));
    if (holder?.address && (await isReady(holder.address))) return holder;
    await pause(50);
  }
  throw new Error('the service was not ready within 30 s');
}

function readLock(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

async function isReady(address) {
  try {
    return (await fetch(`${address}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** How long an answer took, and its parts by the service's own account (`Server-Timing`), in milliseconds. */
async function timed(url, key) {
  const begin = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  await response.json();
  const milliseconds = performance.now() - begin;
  const parts = response.headers.get('server-timing').matchAll(/(\w+);dur=([\d.]+)/g);
  return { milliseconds, parts: Object.fromEntries(Array.from(parts, ([, name, value]) => [name, Number(value)])) };
}

async function get(url, key, init = {}) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(url, { ...init, headers });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Resident memory in MiB: now, and the highest so far. */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}

/** Waits until the views have caught up; how long that took, in seconds. */
export async function caughtUp(service) {
  const begin = performance.now();
  for (;;) {
    const { lag } = await service.get('/v1/events?limit=1');
    if (lag.events <= 5) return (performance.now() - begin) / 1000;
    await pause(100);
  }
}
