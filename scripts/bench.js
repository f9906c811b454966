// `npm run bench [-- --events 10000,1000000]`: measures the built service and writes docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bareGroupCommits } from './bench/baseline.js';
import { percentile, send } from './bench/load.js';
import { batch, record } from './bench/records.js';
import { caughtUp, startService } from './bench/service.js';

const BATCH = 1000;
const { values } = parseArgs({ options: { events: { type: 'string', default: '10000,1000000' } } });
const sizes = values.events.split(',').map(Number);

const round = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const say = (text) => process.stderr.write(`${text}\n`);

/** Records `events` in batches of a thousand; the rate of each tenth tells whether it is flat. */
async function ingest(service, events) {
  let from = 0;
  const next = () => (from < events ? batch((from += BATCH) - BATCH, BATCH) : undefined);
  const { seconds, milliseconds } = await send({ ...route(service), concurrency: 4, next });
  const tenth = Math.max(1, Math.floor(milliseconds.length / 10));
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const flat = mean(milliseconds.slice(0, tenth)) / mean(milliseconds.slice(-tenth));
  return { rate: events / seconds, flat, p99: percentile(milliseconds, 0.99) };
}

function route(service) {
  return { url: service.url, key: service.key, path: '/v1/sources/aws-cloudtrail/records' };
}

async function singlePosts(service, first) {
  let n = first;
  const next = () => (n < first + 5000 ? JSON.stringify(record(n++)) : undefined);
  const { seconds, milliseconds } = await send({ ...route(service), concurrency: 64, next });
  return { rate: 5000 / seconds, p99: percentile(milliseconds, 0.99) };
}

/** Posts at a third of the highest rate and asks for each batch's last event until it is shown. */
async function freshness(service, first, rate) {
  const milliseconds = [];
  const size = 200;
  const every = (size / (rate / 3)) * 1000;
  const begin = performance.now();
  for (let index = 0; index < 60; index += 1) {
    const wait = begin + index * every - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const from = first + index * size;
    const posted = performance.now();
    await service.post('/v1/sources/aws-cloudtrail/records', JSON.parse(batch(from, size)));
    if (index % 6 === 0) milliseconds.push(await untilShown(service, `req-${from + size - 1}`, posted));
  }
  return percentile(milliseconds, 0.99);
}

async function untilShown(service, requestId, posted) {
  for (;;) {
    const { events } = await service.get(`/v1/events?requestId=${requestId}&limit=1`);
    if (events.length > 0) return performance.now() - posted;
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function queries(service, events) {
  const paths = [
    (n) => `/v1/events?limit=100&actor=person${n % 400}`,
    (n) => `/v1/events?limit=100&secret=team-${n % 30}/service-${n % 900}/database`,
    (n) => `/v1/events?limit=100&address=198.51.100.${n % 250}&outcome=failure`,
    (n) => `/v1/events?limit=100&secret=team-${n % 30}/*&not.action=secret.read`,
    (n) => `/v1/events?limit=100&requestId=req-${(n * 7919) % events}`,
    () => `/v1/events?limit=100&actor=nobody-of-this-name`,
  ];
  const milliseconds = [];
  for (let index = 0; index < 300; index += 1) {
    const begin = performance.now();
    await service.get(paths[index % paths.length](index));
    milliseconds.push(performance.now() - begin);
  }
  return { p50: percentile(milliseconds, 0.5), p95: percentile(milliseconds, 0.95) };
}

async function report(service) {
  const begin = performance.now();
  const run = await service.post('/v1/reports', {
    kind: 'secret-activity',
    from: '2026-10-01T00:00:00Z',
    to: '2027-12-01T00:00:00Z',
  });
  for (;;) {
    const { status } = await service.get(`/v1/reports/${run.id}`);
    if (status === 'done') return (performance.now() - begin) / 1000;
    if (status === 'failed') throw new Error('the report failed');
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function measure(events) {
  const service = await startService();
  try {
    const idle = service.memory().now;
    const started = performance.now();
    say(`${round(events)} events: recording`);
    const recorded = await ingest(service, events);
    const peak = service.memory().peak;
    say(`${round(events)} events: ${round(recorded.rate)}/s; catching up`);
    await caughtUp(service);
    const projecting = events / ((performance.now() - started) / 1000);
    const bare = bareGroupCommits(service.folder);
    const single = await singlePosts(service, events);
    await caughtUp(service);
    const fresh = await freshness(service, events + 5000, recorded.rate);
    const pages = await queries(service, events);
    say(`${round(events)} events: report`);
    const reportSeconds = await report(service);
    return {
      events,
      idle,
      peak,
      recorded,
      bare,
      projecting,
      single,
      fresh,
      pages,
      reportSeconds,
      last: service.memory().peak,
    };
  } finally {
    await service.stop();
  }
}

function rows(result) {
  const { events, recorded, bare } = result;
  return [
    [
      'recording, batches of 1,000 over HTTP',
      `${round(recorded.rate)} events/s`,
      `${round(recorded.rate / bare, 2)} of bare group commits (${round(bare)}/s)`,
    ],
    ['the same, last tenth against first tenth', round(recorded.flat, 2), '1 is flat'],
    ['a batch of 1,000, p99', `${round(recorded.p99)} ms`, ''],
    [
      'recording, single posts, 64 at once',
      `${round(result.single.rate)} events/s`,
      `p99 ${round(result.single.p99)} ms`,
    ],
    ['recording and projecting, until all is shown', `${round(result.projecting)} events/s`, ''],
    ['recorded to queryable at a third of the rate, p99', `${round(result.fresh)} ms`, ''],
    ['a page of access history, p50 / p95', `${round(result.pages.p50, 1)} / ${round(result.pages.p95, 1)} ms`, ''],
    ['report secret-activity', `${round(result.reportSeconds, 1)} s`, ''],
    [
      'memory idle / at full rate / highest with report',
      `${round(result.idle)} / ${round(result.peak)} / ${round(result.last)} MiB`,
      '',
    ],
  ].map((cells) => `| ${round(events)} | ${cells.join(' | ')} |`);
}

const results = [];
for (const events of sizes) results.push(await measure(events));
const table = ['| events | what | measured | against |', '| --- | --- | --- | --- |', ...results.flatMap(rows)].join(
  '\n',
);
process.stdout.write(`${table}\n`);

const page = new URL('../docs/performance.md', import.meta.url);
const [head, , tail] = readFileSync(page, 'utf8').split(/<!-- bench -->/);
const where = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores, Node ${process.versions.node}, load generator included.`;
writeFileSync(page, [head, `\n${where}\n\n${table}\n`, tail].join('<!-- bench -->'));
