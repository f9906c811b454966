// `npm run bench [-- --events 10000,1000000]`: measures the built service and writes docs/performance.md. `--recorded
// 4000000` also records that many and nothing else, to see whether the rate stays flat.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bareGroupCommits } from './bench/baseline.js';
import { percentile, send } from './bench/load.js';
import { batch, record } from './bench/records.js';
import { caughtUp, startService } from './bench/service.js';

const BATCH = 1000;
const { values } = parseArgs({
  options: { events: { type: 'string', default: '10000,1000000' }, recorded: { type: 'string' } },
});
const numbers = (text = '') => text.split(',').filter(Boolean).map(Number);

const round = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const say = (text) => process.stderr.write(`${text}\n`);

/** Records `events` in batches of a thousand; the rate of each tenth tells whether it is flat. */
async function ingest(service, events) {
  let from = 0;
  const next = () => (from < events ? batch((from += BATCH) - BATCH, BATCH) : undefined);
  const { seconds, milliseconds, ended } = await send({ ...route(service), concurrency: 4, next });
  const tenths = ratesOfTenths(ended);
  return { rate: events / seconds, tenths, flat: tenths[9] / tenths[0], p99: percentile(milliseconds, 0.99) };
}

/** Events a second in each tenth of the requests, from the seconds at which they ended. */
function ratesOfTenths(ended) {
  const at = (tenth) => (tenth === 0 ? 0 : ended[Math.max(0, Math.round((ended.length * tenth) / 10) - 1)]);
  const size = (ended.length / 10) * BATCH;
  return Array.from({ length: 10 }, (_, tenth) => size / (at(tenth + 1) - at(tenth)));
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
  const whole = [];
  const search = [];
  for (let index = 0; index < 300; index += 1) {
    const { milliseconds, parts } = await service.timed(paths[index % paths.length](index));
    whole.push(milliseconds);
    // What the answer waited for its question's own event, when the search was done, is not the search's.
    search.push(milliseconds - Math.max(0, parts.record - parts.search));
  }
  return { search, whole };
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
  const tell = (text) => say(`${round(events)} events, ${round(service.memory().now)} MiB: ${text}`);
  try {
    const idle = service.memory().now;
    const started = performance.now();
    tell('recording');
    const recorded = await ingest(service, events);
    const peak = service.memory().peak;
    tell(`${round(recorded.rate)}/s; catching up`);
    await caughtUp(service);
    const projecting = events / ((performance.now() - started) / 1000);
    const bare = bareGroupCommits(service.folder);
    tell('single posts');
    const single = await singlePosts(service, events);
    await caughtUp(service);
    tell('freshness');
    const fresh = await freshness(service, events + 5000, recorded.rate);
    tell('pages');
    const pages = await queries(service, events);
    tell('report');
    const reportSeconds = await report(service);
    tell('done');
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

const quantiles = (list) => `${round(percentile(list, 0.5), 1)} / ${round(percentile(list, 0.95), 1)} ms`;

/** Records and nothing else: the rate of each tenth. */
async function measureRecording(events) {
  const service = await startService();
  try {
    say(`${round(events)} events: recording alone`);
    const { rate, tenths } = await ingest(service, events);
    const name = 'recording alone, each tenth of the way';
    return [
      `| ${round(events)} | ${name} | ${tenths.map((one) => round(one)).join(' ')} events/s | ${round(rate)} in all |`,
    ];
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
    [
      'a page of access history, p50 / p95',
      quantiles(result.pages.search),
      'over HTTP, without the wait for its own event',
    ],
    ['the same with that wait', quantiles(result.pages.whole), 'no answer leaves before its question is durable'],
    ['report secret-activity', `${round(result.reportSeconds, 1)} s`, ''],
    [
      'memory idle / at full rate / highest with report',
      `${round(result.idle)} / ${round(result.peak)} / ${round(result.last)} MiB`,
      '',
    ],
  ].map((cells) => `| ${round(events)} | ${cells.join(' | ')} |`);
}

const lines = [];
for (const events of numbers(values.events)) lines.push(...rows(await measure(events)));
for (const events of numbers(values.recorded)) lines.push(...(await measureRecording(events)));
const table = ['| events | what | measured | against |', '| --- | --- | --- | --- |', ...lines].join('\n');
process.stdout.write(`${table}\n`);

const page = new URL('../docs/performance.md', import.meta.url);
const [head, , tail] = readFileSync(page, 'utf8').split(/<!-- bench -->/);
const where = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores, Node ${process.versions.node}, load generator included.`;
writeFileSync(page, [head, `\n${where}\n\n${table}\n`, tail].join('<!-- bench -->'));
