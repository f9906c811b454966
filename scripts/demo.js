// `npm run demo`: the whole way on two weeks of made-up records, in a temporary folder. Leaves the service running.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeRecords } from '../demo/write-records.js';
import { buildIfStale } from './build.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PATIENCE_MS = 60_000;
const SECRET = 'payments/stripe';
const PERSON = 'alice.meier@example.com';

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const say = (text = '') => process.stdout.write(`${text}\n`);

buildIfStale();
const folder = mkdtempSync(join(tmpdir(), 'keytrail-demo-'));
const data = join(folder, 'data');
const service = start();
const ended = once(service, 'exit');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill('SIGTERM'));

try {
  await run();
  say('The service goes on running until you press Ctrl-C; the temporary folder is removed then.');
} catch (error) {
  process.stderr.write(`The demo failed: ${error.message}\n`);
  process.exitCode = 1;
  service.kill('SIGTERM');
}
await ended;
rmSync(folder, { recursive: true, force: true });

function start() {
  const env = { PATH: process.env.PATH, KEYTRAIL_DATA: data, KEYTRAIL_PORT: process.env.KEYTRAIL_DEMO_PORT ?? '0' };
  const log = { ...env, KEYTRAIL_LOG_LEVEL: 'error' };
  return spawn(process.execPath, [join(root, 'dist/main.js')], { env: log, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function run() {
  const { url, key } = await ready();
  say(`Keytrail runs at ${url}, on embedded stores in ${data}.\n`);
  for (const { source, file } of writeRecords(folder, new Date())) {
    const told = JSON.parse(await keytrail(key, ['ingest', '--source', source, file, '--json']));
    say(`  ${source.padEnd(16)} ${told.read} records read, ${told.recorded} events recorded, ${told.ignored} ignored`);
  }
  await shown(url, key);
  say(`\nWho read or changed the secret ${SECRET}:\n`);
  say(await keytrail(key, ['trail', '--secret', `*${SECRET}`, '--limit', '12']));
  say(`What ${PERSON} did:\n`);
  say(await keytrail(key, ['trail', '--actor', PERSON, '--limit', '12']));
  const report = join(folder, 'secret-activity.pdf');
  const period = ['--from', '30d', '--to', new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)];
  await keytrail(key, ['report', 'secret-activity', ...period, '--named', '--out', report]);
  say(`The report on all of it: ${report}\n`);
  say('Try:\n');
  say(`  export KEYTRAIL_KEY=${key}`);
  say(`  ./bin/keytrail --url ${url} trail --outcome failure --counts-by actor`);
  say(`  ./bin/keytrail --url ${url} coverage`);
  say(`  curl -H "Authorization: Bearer $KEYTRAIL_KEY" '${url}/v1/events?action=secret.rotate'\n`);
}

/** Where the service listens, once it is ready, and the administrator's key of its first start. */
async function ready() {
  return until('the service to be ready', async () => {
    if (service.exitCode !== null) throw new Error(`the service ended with ${service.exitCode}`);
    if (!existsSync(join(data, 'lock')) || !existsSync(join(data, 'bootstrap-key'))) return undefined;
    const { address } = JSON.parse(readFileSync(join(data, 'lock'), 'utf8'));
    const answer = address && (await fetch(`${address}/readyz`).catch(() => undefined));
    return answer?.ok ? { url: address, key: readFileSync(join(data, 'bootstrap-key'), 'utf8').trim() } : undefined;
  });
}

/** Waits until queries show all that was recorded. */
function shown(url, key) {
  return until('the events to be shown', async () => {
    const answer = await fetch(`${url}/v1/events?limit=1`, { headers: { authorization: `Bearer ${key}` } });
    const { lag } = await answer.json();
    return lag.events <= 1 || undefined;
  });
}

async function until(what, ask) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`);
    await pause(50);
  }
}

async function keytrail(key, args) {
  const env = { PATH: process.env.PATH, KEYTRAIL_KEY: key, KEYTRAIL_DATA: data };
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'dist/cli.js'), ...args], { env });
  return stdout;
}
