// An audit log of HashiCorp Vault: JSON lines, a request and a response for each call, values hashed by Vault itself.
import { ATTACKER, PEOPLE, SERVICES } from './cast.js';
import { DAYS, digits, nanoseconds, uuid } from './timeline.js';

const hashed = (label) => `hmac-sha256:${digits(label, 64)}`;

/** The lines of the log, in order of time. */
export function vaultLog(timeline) {
  const calls = DAYS.flatMap((day) => [...services(timeline, day), ...people(timeline, day), ...story(timeline, day)]);
  return calls
    .filter(({ time }) => timeline.isPast(time))
    .sort((one, other) => one.time - other.time)
    .flatMap(lines);
}

/** The billing service reads its two secrets every four hours. */
function services(timeline, day) {
  return [0, 4, 8, 12, 16, 20].flatMap((hour) =>
    ['payments/stripe', 'payments/postgres'].map((name) => ({
      time: timeline.within(day, [hour, hour + 1], name),
      who: service('billing-api'),
      operation: 'read',
      path: `kv/data/${name}`,
      version: day > 5 ? 3 : 4,
    })),
  );
}

function people(timeline, day) {
  if (timeline.isWeekend(day)) return [];
  return [
    call(timeline.within(day, [7, 9], 'alice logs in'), person('alice'), 'update', 'auth/oidc/oidc/callback'),
    call(timeline.within(day, [9, 11], 'alice lists'), person('alice'), 'list', 'kv/metadata/payments/'),
    {
      ...call(timeline.within(day, [11, 13], 'alice reads'), person('alice'), 'read', 'kv/data/payments/stripe'),
      version: day > 5 ? 3 : 4,
    },
    {
      ...call(timeline.within(day, [13, 16], 'bob reads'), person('bob'), 'read', 'kv/data/payments/postgres'),
      version: 7,
    },
  ];
}

/** What makes these two weeks worth looking at. */
function story(timeline, day) {
  const happened = {
    9: [
      call(timeline.at(9, '10:02:11'), person('sofia'), 'update', 'sys/policies/acl/contractor'),
      { ...call(timeline.at(9, '10:20:40'), person('sofia'), 'create', 'kv/data/shared/smtp'), version: 1 },
    ],
    6: [4, 9, 13].map((second) => ({
      ...call(
        timeline.at(6, `15:41:${String(second).padStart(2, '0')}`),
        person('chen'),
        'read',
        'kv/data/payments/stripe',
      ),
      error: '1 error occurred:\n\t* permission denied\n\n',
    })),
    5: [
      { ...call(timeline.at(5, '09:00:02'), person('alice'), 'read', 'kv/data/payments/stripe'), version: 3 },
      { ...call(timeline.at(5, '09:01:30'), person('alice'), 'update', 'kv/data/payments/stripe'), version: 4 },
    ],
    3: [call(timeline.at(3, '16:30:00'), service('ci-deployer'), 'read', 'database/creds/deploy')],
    2: burst(timeline),
    1: [call(timeline.at(1, '11:11:11'), person('sofia'), 'delete', 'kv/data/shared/smtp')],
  };
  return happened[day] ?? [];
}

/** Somebody tries passwords of an account that is not theirs, thirty times in half a minute. */
function burst(timeline) {
  return Array.from({ length: 30 }, (_, second) => ({
    ...call(
      timeline.at(2, `03:17:${String(second + 10).padStart(2, '0')}`),
      nobody(),
      'update',
      'auth/userpass/login/alice',
    ),
    error: '1 error occurred:\n\t* invalid username or password\n\n',
  }));
}

const call = (time, who, operation, path) => ({ time, who, operation, path });

function person(key) {
  const { email, address, policies } = PEOPLE[key];
  return { key, name: `oidc-${email}`, address, policies, metadata: { email, role: 'staff' } };
}

function service(key) {
  return { key, name: `approle-${key}`, ...SERVICES[key], metadata: { role_name: key } };
}

const nobody = () => ({ key: 'nobody', address: ATTACKER });

function lines({ time, who, operation, path, version, error }) {
  const label = `${time.toISOString()}/${who.key}/${path}`;
  const request = {
    id: uuid(label),
    operation,
    mount_point: mountOf(path),
    mount_type: path.startsWith('kv/') ? 'kv' : 'system',
    ...(who.name
      ? { client_token: hashed(`${who.key} token`), client_token_accessor: hashed(`${who.key} accessor`) }
      : {}),
    namespace: { id: 'root' },
    path,
    ...(operation === 'update' || operation === 'create'
      ? { data: { data: { value: hashed(`${label} value`) } } }
      : {}),
    remote_address: who.address,
    remote_port: 40_000 + (Number.parseInt(digits(label, 4), 16) % 20_000),
  };
  const auth = authOf(who, error);
  const asked = { time: nanoseconds(time, label), type: 'request', auth, request };
  const answered = {
    time: nanoseconds(new Date(time.getTime() + 3), `${label} answer`),
    type: 'response',
    auth,
    request,
    response: answerTo({ operation, path, version, error }, label),
    ...(error ? { error } : {}),
  };
  return [JSON.stringify(asked), JSON.stringify(answered)];
}

function authOf(who, error) {
  if (!who.name) return { token_type: 'default' };
  return {
    client_token: hashed(`${who.key} token`),
    accessor: hashed(`${who.key} accessor`),
    display_name: who.name,
    policies: ['default', ...who.policies],
    token_policies: ['default', ...who.policies],
    policy_results: { allowed: !error },
    metadata: who.metadata,
    entity_id: uuid(`entity ${who.key}`),
    token_type: 'service',
    token_ttl: 3600,
  };
}

function answerTo({ operation, path, version, error }, label) {
  const mount_type = path.startsWith('kv/') ? 'kv' : 'system';
  if (error) return { mount_type, data: { error: hashed(`${label} error`) } };
  if (version === undefined) return { mount_type };
  const metadata = { version, destroyed: false };
  if (operation !== 'read') return { mount_type, data: metadata };
  return { mount_type, data: { data: { value: hashed(`${path} ${version}`) }, metadata } };
}

function mountOf(path) {
  const parts = path.split('/');
  return parts[0] === 'auth' ? `auth/${parts[1]}/` : `${parts[0]}/`;
}
