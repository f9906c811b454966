/** Records with planted strings, hand-written, one body per source. Secrets must show nowhere; people only where allowed. */

let planted = 0;
const secrets: string[] = [];
const people: string[] = [];

function secret(): string {
  const text = `canarysecret${(planted += 1)}zq`;
  secrets.push(text);
  return text;
}

function person(text: string): string {
  people.push(text);
  return text;
}

/** A token written in pieces, so that scanners of this repository do not take it for a real one. */
function joined(...pieces: string[]): string {
  return pieces.join('');
}

/** Well-known token forms, made up: right in shape, good for nothing. */
export const TOKENS = [
  joined('ghp_', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bD2fG4hJ6'),
  joined('github_pat_', '11ABCDEFG0aBcDeFgHiJkL', '_', 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkLmNoPqRsTuVw'),
  joined('glpat-', 'aBcDeFgHiJkLmNoPqRsT'),
  joined('xoxb-', '123456789012', '-', '1234567890123', '-', 'aBcDeFgHiJkLmNoPqRsTuVwX'),
  joined('sk_live_', 'aBcDeFgHiJkLmNoPqRsTuVwX'),
  joined('AIza', 'SyA1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v'),
  joined('hvs.', 'CAESIJ1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkLmNoPqRsTuVwXyZ012345'),
  joined('npm_', 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789'),
  joined('SG.', 'aBcDeFgHiJkLmNoPqRsTuV', '.', 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFg'),
  joined(
    'eyJhbGciOiJIUzI1NiJ9.',
    'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IngifQ',
    '.',
    'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  ),
  joined('postgres://app:', 's3cr3tPassw0rdCanary', '@db.example.com/app'),
  joined('-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----'),
];

/** What of a token must not be found: its secret middle, so that a part left over is found too. */
export function tellingPart(token: string): string {
  const longest = token.split(/[\s.:@/-]+|_{1,2}/).reduce((best, part) => (part.length > best.length ? part : best));
  return longest.slice(0, 24);
}

function deep(levels: number): object {
  return levels === 0 ? { [secret()]: secret() } : { [secret()]: deep(levels - 1), list: [secret(), { v: secret() }] };
}

const alice = {
  name: person('Alisa Canaryname'),
  email: person('alisa.canary@people.example'),
  user: person('alisa-canary-user'),
  address: person('203.0.113.77'),
};

export const vaultRecords = (['request', 'response'] as const).flatMap((type, index) => [
  {
    time: `2026-11-0${index + 1}T10:00:00.123456789Z`,
    type,
    auth: {
      client_token: secret(),
      accessor: secret(),
      display_name: alice.name,
      policies: ['default'],
      metadata: { email: alice.email, extra: secret() },
      entity_id: person('e4f5c67a-canary-entity'),
      token_type: 'service',
    },
    request: {
      id: `aaaaaaaa-0000-4000-8000-000000000001/${alice.email}`,
      operation: 'update',
      mount_type: 'kv',
      client_token: secret(),
      client_token_accessor: secret(),
      namespace: { id: 'root' },
      path: 'secret/data/apps/billing',
      data: { data: deep(4), [secret()]: 1 },
      headers: { 'x-vault-token': [secret()], 'x-custom': [secret()] },
      remote_address: alice.address,
      unknown_field: deep(2),
    },
    ...(type === 'response' && {
      response: {
        mount_type: 'kv',
        data: { version: 3, ...deep(2) },
        wrap_info: { token: secret(), accessor: secret() },
        auth: { client_token: secret(), accessor: secret() },
        secret: { lease_id: secret() },
        headers: { 'x-y': [secret()] },
      },
      error: `1 error occurred:\n\t* permission denied ${TOKENS[6] ?? ''}\n`,
    }),
  },
  {
    time: `2026-11-0${index + 1}T11:00:00Z`,
    type,
    auth: { token_type: 'service', entity_id: 'root-entity', display_name: 'root' },
    request: {
      id: 'aaaaaaaa-0000-4000-8000-000000000002',
      operation: 'update',
      mount_type: 'userpass',
      path: `auth/userpass/users/${alice.user}`,
      data: { password: secret() },
      remote_address: '192.0.2.1',
    },
    ...(type === 'response' && { response: { mount_type: 'userpass' } }),
  },
]);

export const cloudTrailRecords = ['GetSecretValue', 'PutSecretValue', 'CreateSecret', 'PutParameter'].map(
  (name, index) => ({
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${alice.email}`,
      arn: `arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/${alice.email}`,
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLECANARY001',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
          userName: 'AWSReservedSSO_Admin_0123456789abcdef',
        },
        webIdFederationData: deep(1),
      },
    },
    eventTime: `2026-11-03T10:0${index}:00Z`,
    eventSource: name === 'PutParameter' ? 'ssm.amazonaws.com' : 'secretsmanager.amazonaws.com',
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: alice.address,
    userAgent: `tool/1 ${TOKENS[index] ?? ''}`,
    requestParameters: {
      ...(name === 'PutParameter' ? { name: '/app/db' } : { secretId: 'app/db' }),
      name: name === 'CreateSecret' || name === 'PutParameter' ? 'app/db' : undefined,
      secretString: secret(),
      secretBinary: secret(),
      value: secret(),
      description: secret(),
      tags: [{ key: 'k', value: secret() }],
      ...deep(3),
    },
    responseElements: {
      arn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:app/db-AbCdEf',
      ...deep(2),
      credentials: { sessionToken: secret() },
    },
    additionalEventData: deep(2),
    errorMessage: index === 0 ? secret() : undefined,
    requestID: `canary-${index}-${alice.email}`,
    eventID: `cccccccc-0000-4000-8000-00000000000${index}/${alice.email}`,
    sharedEventID: `shared/${alice.email}`,
    recipientAccountId: '111122223333',
    ...deep(1),
  }),
);

export const genericRecords = TOKENS.map((token, index) => ({
  timestamp: `2026-11-04T10:00:${String(index).padStart(2, '0')}Z`,
  event_id: `${index}:${alice.email}`,
  request_id: alice.email,
  trace_id: `trace-${alice.email.replace('@', '%40')}`,
  change_id: `CHG/${alice.email}`,
  event_type: 'secret_access',
  user_id: person('user_canary_77'),
  user_email: alice.email,
  secret_name: index % 2 === 0 ? 'stripe_api_key' : `key ${token}`,
  environment: 'production',
  action: 'read',
  ip_address: alice.address,
  user_agent: `${person('agent-of-alisa-canary')} ${token}`,
  success: index % 3 !== 0,
  value: secret(),
  metadata: deep(2),
}));

export const canonicalRecords = [
  {
    id: `order 7 of ${alice.email}`,
    action: 'secret.read',
    outcome: 'success',
    occurredAt: '2026-11-05T10:00:00Z',
    correlation: { requestId: alice.email, sessionId: `s ${alice.email}`, derivedFrom: [`order of ${alice.email}`] },
    actor: { kind: 'user', id: person('alisa-canonical-canary'), name: alice.name, email: alice.email },
    secrets: [{ store: 'app', path: `db ${TOKENS[4] ?? ''}` }],
    client: { address: alice.address, userAgent: TOKENS[1] },
  },
  // Refused as a whole: unknown fields may hold anything.
  { action: 'secret.read', outcome: 'success', [secret()]: secret(), value: secret() },
];

export const hostileBodies = [
  `{"a": "${secret()}`,
  `[{"b": ${secret()}}]`,
  `{"timestamp": "${secret()}", "event_type": "secret_access"}`,
];

export const SECRET_CANARIES: readonly string[] = secrets;
export const PEOPLE_CANARIES: readonly string[] = people;
