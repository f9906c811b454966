// What a kept data folder must answer for ever: what its files hold, read past Keytrail, and what Keytrail says of it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DELIVERIES, POSTED } from './fill-folder.js';
import { startService } from './service.js';

const SECRET = encodeURIComponent('vault:vault-eu::secret/checkout/stripe');
const APRIL = 'from=2026-04-01&to=2026-05-01';
/** Questions whose answers say nothing of the time they are asked at. */
const QUESTIONS = [
  `/v1/secrets/${SECRET}/timeline?${APRIL}`,
  `/v1/secrets?limit=100&${APRIL}`,
  `/v1/actors?limit=100&${APRIL}`,
  `/v1/events/counts?by=action&by=outcome&${APRIL}`,
  '/v1/events/counts?by=source&by=reason&outcome=failure',
  '/v1/events/counts?by=address&address=203.0.113.0/24',
  '/v1/events/counts?by=day&echoes=true',
  '/v1/events?secret=payroll:*&order=asc',
  `/v1/coverage?${APRIL}`,
  '/v1/dead-letters?state=all',
  '/v1/filters',
  '/v1/keys',
  '/v1/reports',
];
/** What a role may ask; the answer's status is expected of every key. */
const DOORS = ['/v1/events?limit=1', '/v1/keys', '/metrics'];
/** Names, addresses and values of the records, none of which may stand in the files that are kept. */
const CANARIES = [
  'not-for-the-trail',
  'AKIAIOSFODNN7EXAMPLE',
  'iben',
  'sofia',
  'Σοφία',
  'דנה',
  '203.0.113.',
  '2001:db8',
];

/** The whole of `expected.json`. The folder is asked and changed: give a copy. */
export async function describeFolder(data, { records, keys, version }) {
  const { log, states } = readFiles(data);
  // Whoever asks later asks when no answer to a recorded request can come any more.
  const settings = { KEYTRAIL_EXCHANGE_WAIT_MS: '1' };
  const service = await startService({ data, sources: join(records, 'sources.yaml'), settings });
  const { administrator: _revoked, ...others } = keys;
  const key = others['Dana Levi'];
  await service.caughtUp(key);
  const ask = async (path) => lasting(await answerOf(service, path, key));
  const events = (await ask('/v1/events?own=true&order=asc&limit=1000')).events;
  const expected = {
    version,
    made: { node: process.versions.node, zlib: process.versions.zlib, arch: process.arch },
    log,
    states,
    events: events.filter(({ position }) => position.offset < log.length).map(shownEvent),
    answers: [],
    keys: [],
    deliveries: DELIVERIES,
    posted: POSTED,
    canaries: CANARIES,
  };
  for (const path of QUESTIONS) expected.answers.push({ path, answer: await ask(path) });
  const { filters } = await ask('/v1/filters');
  for (const { id } of filters) expected.answers.push(await asked(`/v1/events?filter=${id}&order=asc`, ask));
  for (const [name, text] of Object.entries(keys)) expected.keys.push(await describeKey(service, name, text));
  await service.stop();
  return expected;
}

/** The rows as they lie there, and how many documents there are of a kind. */
function readFiles(data) {
  const rows = (file, query) => {
    const database = new DatabaseSync(join(data, file), { readOnly: true });
    const found = database.prepare(query).all();
    database.close();
    return found;
  };
  const events = rows('events.sqlite', 'SELECT position, day, id, entry, encrypted FROM events ORDER BY position');
  return {
    log: events.map(({ position, day, id, entry, encrypted }) => ({
      position,
      day,
      id: Buffer.from(id).toString('hex'),
      entry: sha256(entry),
      encrypted: sha256(encrypted),
    })),
    states: rows('state.sqlite', 'SELECT collection, count(*) documents FROM documents GROUP BY collection'),
  };
}

function shownEvent({ position, id, action, outcome, secrets, identity }) {
  return { position: position.offset, id, action, outcome, secrets: secrets?.map(({ uid }) => uid), identity };
}

async function describeKey(service, name, text) {
  const doors = {};
  for (const door of DOORS) doors[door] = (await service.ask(door, { key: text })).status;
  const answer = await service.ask('/v1/events?limit=1', { key: text });
  const [event] = answer.ok ? (await answer.json()).events : [];
  return { name, text, doors, identities: event?.identity !== undefined };
}

async function asked(path, ask) {
  return { path, answer: await ask(path) };
}

async function answerOf(service, path, key) {
  const answer = await service.ask(path, { key });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Without what tells of the moment of asking, and without sentences: they may be worded better. */
function lasting({ asOf: _asOf, lag: _lag, next: _next, notSeen: _notSeen, ...answer }) {
  return answer;
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
