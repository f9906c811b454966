// What stands in a kept data folder: every kind of record, and every kind of act that leaves something behind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, startService } from './service.js';

const AUDIT_LOG = { read: 21, recorded: 0, duplicates: 19, ignored: 2, rejected: 0 };
/**
 * How the records are sent. `by`: the key that sends them, else the user of the host, after the key-encryption key was
 * rotated. `code`: how the command ends, 5 where something is rejected or contradicted. `again`: what it counts when
 * the file is sent once more, under `sources.yaml`.
 */
export const DELIVERIES = [
  { source: 'vault', instance: 'vault-eu', file: 'vault.ndjson', by: 'vault shipper', code: 0, again: AUDIT_LOG },
  {
    ...{ source: 'aws-cloudtrail', file: 'cloudtrail.json', by: 'shipper', code: 0 },
    again: { read: 7, recorded: 0, duplicates: 6, ignored: 1, rejected: 0 },
  },
  {
    ...{ source: 'aws-cloudtrail', file: 'cloudtrail-contradiction.json', by: 'shipper', code: 5 },
    again: { read: 1, recorded: 0, duplicates: 0, ignored: 0, rejected: 0, conflicts: 1 },
  },
  {
    ...{ source: 'generic-json', file: 'application.ndjson', by: 'shipper', code: 5 },
    again: { read: 10, recorded: 0, duplicates: 7, ignored: 0, rejected: 3 },
  },
  {
    ...{ source: 'generic-json', file: 'ids.ndjson', by: 'shipper', code: 0 },
    again: { read: 1, recorded: 0, duplicates: 1, ignored: 0, rejected: 0 },
  },
  {
    ...{ source: 'keytrail', file: 'canonical.ndjson', by: 'shipper', code: 5 },
    again: { read: 4, recorded: 0, duplicates: 3, ignored: 0, rejected: 1 },
  },
  {
    ...{ source: 'payroll', file: 'payroll.json', by: 'shipper', code: 0 },
    again: { read: 2, recorded: 0, duplicates: 2, ignored: 0, rejected: 0 },
  },
  { source: 'vault', instance: 'vault-us', file: 'vault.ndjson', code: 0, again: AUDIT_LOG },
];
/** One record that was posted, not read from a file. */
export const POSTED = { source: 'payroll', file: 'once.json', idempotencyKey: 'once' };

const PERIOD = ['--from', '2026-04-01', '--to', '2026-05-01'];
const ISSUED = [
  ['vault shipper', 'log_writer', '--service', '--kind', 'vault', '--instance', 'vault-eu'],
  ['shipper', 'log_writer', '--service'],
  ['Sofia Pappa', 'security_analyst'],
  ['Outside Auditor', 'auditor'],
  ['Inside Auditor', 'auditor', '--identities', '--expires', '2999-01-01'],
  ['prometheus', 'metrics', '--service'],
  ['Someone Who Left', 'security_analyst'],
];
const LEFT = 'Someone Who Left';
const RECOVERED = 'Dana Levi';

export const ingest = ({ source, instance, file }) => [
  ...['ingest', '--source', source],
  ...(instance ? ['--instance', instance] : []),
  file,
];

/** Fills a new folder. Answers with every key by its holder's name; the first administrator's is called `administrator`. */
export async function fillFolder(data, records) {
  const keys = await recordAndAsk(data, records);
  await correctAndReport(data, records, keys);
  return { ...keys, ...aloneWithFolder(data, records) };
}

/** The first service: keys, records, refusals, questions. */
async function recordAndAsk(data, records) {
  const sources = join(records, 'sources-first.yaml');
  const service = await startService({ data, sources });
  const keytrail = commandLine({ data, cwd: records, sources });
  const keys = { administrator: service.firstKey() };
  const administrator = { key: keys.administrator };
  for (const [name, role, ...more] of ISSUED) {
    const issued = keytrail(['--json', 'keys', 'issue', '--name', name, '--role', role, ...more], administrator);
    keys[name] = JSON.parse(issued).key;
  }
  for (const delivery of DELIVERIES.filter(({ by }) => by))
    keytrail(ingest(delivery), { key: keys[delivery.by], code: delivery.code });
  keytrail(ingest({ source: 'generic-json', file: 'once.json' }), { key: keys['vault shipper'], code: 3 });
  await post(service, records, keys.shipper);
  await service.ask('/v1/events', { key: 'kt_nobody' });
  await service.caughtUp(keys.administrator);
  askAround(keytrail, keys);
  keytrail(['keys', 'revoke', keys[LEFT].split('_')[1]], administrator);
  const [letter] = keytrail(['--json', 'dead-letters'], administrator).split('\n');
  const why = ['--reason', 'a field nobody knows, seen by Dana Levi'];
  keytrail(['dead-letters', 'close', ...why, JSON.parse(letter).id], administrator);
  await service.stop();
  return keys;
}

async function post(service, records, key) {
  const body = readFileSync(join(records, POSTED.file));
  const headers = { 'content-type': 'application/json', 'idempotency-key': POSTED.idempotencyKey };
  const answer = await service.ask(`/v1/sources/${POSTED.source}/records`, { method: 'POST', key, headers, body });
  if (!answer.ok) throw new Error(`the posted record was answered ${answer.status}`);
}

/** Questions are events too, and those that name somebody have an encrypted part. */
function askAround(keytrail, keys) {
  const analyst = { key: keys['Sofia Pappa'] };
  keytrail(['trail', '--secret', 'secret/checkout/*', ...PERIOD], analyst);
  keytrail(['trail', '--actor', 'sofia@example.org', '--outcome', 'failure'], analyst);
  keytrail(['export', '--reason', 'denied'], { key: keys['Outside Auditor'] });
  keytrail(['filters', 'save', 'denied', '--outcome', 'failure', '--reason', 'denied'], analyst);
  keytrail(['filters', 'save', 'what Sofia did', '--actor', 'sofia@example.org'], analyst);
  keytrail(['filters', 'save', 'given up', '--action', 'secret.list'], analyst);
  const [given] = keytrail(['--json', 'filters'], analyst)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ title }) => title === 'given up');
  keytrail(['filters', 'delete', given.id], analyst);
}

/** The second service: a corrected mapping, and a report. */
async function correctAndReport(data, records, keys) {
  const sources = join(records, 'sources.yaml');
  const service = await startService({ data, sources });
  const keytrail = commandLine({ data, cwd: records, sources });
  const payroll = { source: 'payroll', file: 'payroll.json' };
  keytrail([...ingest(payroll), '--supersede', '--reason', 'opening is a read'], { key: keys.administrator });
  await service.caughtUp(keys.administrator);
  const out = join(data, '..', 'activity.pdf');
  keytrail(['report', 'secret-activity', ...PERIOD, '--out', out], { key: keys['Sofia Pappa'] });
  await service.stop();
}

/** What only the host of a folder that no service holds may do. */
function aloneWithFolder(data, records) {
  const keytrail = commandLine({ data, cwd: records, sources: join(records, 'sources.yaml') });
  keytrail(['kek', 'rotate']);
  keytrail(['kek', 'confirm-copy']);
  const recovered = JSON.parse(keytrail(['--json', 'keys', 'recover', '--name', RECOVERED]));
  for (const delivery of DELIVERIES.filter(({ by }) => !by)) keytrail(ingest(delivery), { code: delivery.code });
  return { [RECOVERED]: recovered.key };
}
