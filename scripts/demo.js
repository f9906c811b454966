// `npm run demo`: the main job in a minute. A service on a temporary folder, two weeks of three made-up stores recorded into
// it, questions asked, a report made; then it is yours to try, until Ctrl-C. With `-- --stop` it ends when it is done.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DAYS } from '../demo/timeline.js';
import { writeRecords } from '../demo/write-records.js';
import { buildIfStale } from './build.js';

const built = (file) => fileURLToPath(new URL(`../dist/${file}`, import.meta.url));
const SECRET = 'aws-secretsmanager:111122223333:eu-central-1:prod/payments/db-master';
const PERSON = 'alice.meier@example.com';
const NEVER_READY = 1;

const folder = mkdtempSync(join(tmpdir(), 'keytrail-demo-'));
const data = join(folder, 'data');
const log = join(folder, 'service.log');
const report = join(folder, 'activity.pdf');
// What is set for a service of your own must not reach the demo's.
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KEYTRAIL_')));
const say = (text = '') => console.log(text);

buildIfStale();
const service = startService();
const stopped = once(service, 'exit');
/** Of the command that failed, if one did: the demo did not show what it is there to show. */
let failure = 0;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill('SIGTERM'));
void stopped.then(([code]) => {
  say(`\nThe demo has stopped. What it made is in ${folder}; delete it when you like.`);
  process.exit(failure || (code ?? NEVER_READY));
});

const address = await listening();
const key = readFileSync(join(data, 'bootstrap-key'), 'utf8').trim();
await tour();
if (process.argv.includes('--stop')) service.kill('SIGTERM');

async function tour() {
  await record();
  await untilQueryable();
  say(`\nWho touched the secret prod/payments/db-master?\n`);
  await keytrail('secrets', SECRET, '--limit', '30');
  say(`\nWhat did ${PERSON} do, in whichever store?\n`);
  await keytrail('trail', '--actor', PERSON, '--limit', '25');
  say(`\nWho failed, and why?\n`);
  await keytrail('trail', '--outcome', 'failure', '--counts-by', 'actor', 'reason', 'source', '--limit', '10');
  say(`\nA report for an auditor, with names:\n`);
  const period = ['--from', dayFromNow(1 - DAYS.length), '--to', dayFromNow(1)];
  await keytrail('report', 'secret-activity', ...period, '--named', '--out', report);
  invite();
}

async function record() {
  const records = join(folder, 'records');
  mkdirSync(records);
  say('Recording two weeks of three stores (made up, the same at every run of a day):\n');
  for (const { source, file } of writeRecords(records, new Date())) {
    say(`  keytrail ingest --source ${source} ${relative(folder, file)}`);
    await keytrail('ingest', '--source', source, file);
  }
}

/** A date, as a report of whole days wants it: UTC. */
function dayFromNow(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Recording does not wait for the views that answers come from; they follow within moments. */
async function untilQueryable() {
  for (let left = 1; left > 0;) {
    const answer = await fetch(`${address}/v1/events?limit=1`, { headers: { authorization: `Bearer ${key}` } });
    ({
      lag: { events: left },
    } = await answer.json());
    if (left > 0) await sleep(100);
  }
}

function invite() {
  const command = relative(process.cwd(), fileURLToPath(new URL('../bin/keytrail', import.meta.url)));
  const keytrailCommand = command.startsWith('.') ? command : `./${command}`;
  say(`
The report is ${report}
The service runs at ${address} until Ctrl-C. Its data is in ${data}, its log in ${log}

Try in another terminal:

  export KEYTRAIL_DATA=${data} KEYTRAIL_KEY=${key}
  ${keytrailCommand} trail --reason denied
  ${keytrailCommand} trail --address 203.0.113.0/24 --counts-by day
  ${keytrailCommand} coverage
  curl -H "Authorization: Bearer $KEYTRAIL_KEY" '${address}/v1/secrets'`);
}

function startService() {
  const env = { ...bare, KEYTRAIL_DATA: data, KEYTRAIL_PORT: '0' };
  return spawn(process.execPath, [built('main.js')], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The service's address, once it says that it has started. Its log goes into a file. */
async function listening() {
  service.stdout.pipe(createWriteStream(log, { mode: 0o600 }));
  return new Promise((resolve) => {
    createInterface({ input: service.stdout }).on('line', (line) => {
      const { event, address: told } = JSON.parse(line);
      if (event === 'service.started') resolve(told);
    });
  });
}

/** Runs a command as anybody would. It has printed all that it knows when it ends badly, so the demo ends too. */
async function keytrail(...args) {
  const env = { ...bare, KEYTRAIL_DATA: data, KEYTRAIL_KEY: key };
  const command = spawn(process.execPath, [built('cli.js'), ...args], { cwd: folder, env, stdio: 'inherit' });
  const [code] = await once(command, 'exit');
  if (code === 0) return;
  failure = code ?? 1;
  service.kill('SIGTERM');
  await stopped;
}
