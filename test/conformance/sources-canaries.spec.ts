import { describe, expect, it } from '@jest/globals';
import { buildSources } from '../../src/sources/sources.registry.js';
import { cloudtrail, kms, secretsManager, service, ssm } from '../support/cloudtrail-records.js';
import { answered, entry, HASH, PERSON_AUTH, request } from '../support/vault-entries.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Place = readonly (string | number)[];

const CANARY = 'c4n4ry-planted-value';
const sources = buildSources();

/** Fields whose text is kept because it is what the field is for; a canary in one of them is not a leak of the mapping. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'aws-cloudtrail': [
    'eventID eventName awsRegion recipientAccountId requestID sharedEventID sourceIPAddress userAgent',
    'userIdentity.arn userIdentity.userName userIdentity.accessKeyId userIdentity.principalId userIdentity.accountId',
    'userIdentity.invokedBy userIdentity.sourceIdentity userIdentity.credentialId userIdentity.sessionContext.sourceIdentity',
    'userIdentity.sessionContext.sessionIssuer.arn userIdentity.sessionContext.sessionIssuer.userName',
    'requestParameters.secretId requestParameters.secretIdList.* requestParameters.name requestParameters.names.*',
    'requestParameters.path requestParameters.versionId requestParameters.versionStage requestParameters.keyId',
    'requestParameters.moveToVersionId requestParameters.removeFromVersionId requestParameters.aliasName',
    'requestParameters.targetKeyId requestParameters.encryptionContext.SecretARN responseElements.keyMetadata.arn',
    'requestParameters.encryptionContext.PARAMETER_ARN requestParameters.encryptionContext.SecretVersionId',
    'responseElements.arn responseElements.aRN responseElements.ARN responseElements.name responseElements.versionId',
    'responseElements.keyId additionalEventData.SecretId additionalEventData.ARN additionalEventData.arn',
    'serviceEventDetails.secretId serviceEventDetails.SecretId serviceEventDetails.arn serviceEventDetails.keyId',
  ],
  vault: [
    'auth.entity_id auth.display_name auth.policies.* auth.metadata.email auth.metadata.username',
    'auth.metadata.preferred_username auth.metadata.name auth.metadata.service_account_name auth.metadata.role_name',
    'auth.metadata.Task response.auth.entity_id response.auth.display_name response.auth.policies.*',
    'response.auth.metadata.email response.auth.metadata.username response.auth.metadata.name',
    'request.id request.path request.namespace.path request.namespace.id request.remote_address',
    'request.headers.user-agent.* request.client_certificate_serial_number',
  ],
  'generic-json': [
    'event_id event_type environment user_id user_name user_email on_behalf_of role api_key_id session_id ip_address',
    'user_agent secret_name secret_version previous_version request_id trace_id change_id actor_type',
  ],
};

/** Every place in a value, deepest first: leaves to be replaced and objects to be given a further field. */
function placesOf(value: Json, at: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [at];
  return [...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...at, key])), at];
}

function planted(value: Json, place: Place, plant: (old: Json) => Json): Json {
  const [key, ...rest] = place;
  if (key === undefined) return plant(value);
  const copy = structuredClone(value) as Record<string, Json>;
  copy[key] = planted(copy[key] ?? null, rest, plant);
  return copy;
}

/** What hostile or careless senders may put at a place: text, deep values, keys. */
function plantings(old: Json): readonly ((old: Json) => Json)[] {
  const deep: Json = { a: [{ b: { [CANARY]: CANARY } }, CANARY] };
  if (old !== null && typeof old === 'object' && !Array.isArray(old)) {
    return [
      (value) => ({ ...(value as Record<string, Json>), [CANARY]: 1 }),
      (value) => ({ ...(value as Record<string, Json>), unheard_of: deep, value: CANARY, password: [CANARY] }),
    ];
  }
  return [() => deep, () => CANARY, () => [CANARY, deep], () => ({ [CANARY]: CANARY })];
}

function isKept(kind: string, place: Place): boolean {
  const name = place.map((key) => (/^\d+$/.test(String(key)) ? '*' : key)).join('.');
  const kept = (KEPT[kind] ?? []).join(' ').split(' ');
  // A list or a text in a kept field's place is still that field.
  return kept.some((field) => field === name || field === `${name}.*` || `${name}.`.startsWith(`${field}.`));
}

function leaks(kind: string, record: unknown): readonly string[] {
  const source = sources.get(kind);
  if (!source) throw new Error(`no source ${kind}`);
  const template = JSON.parse(JSON.stringify(record)) as Json;
  return placesOf(template)
    .filter((place) => !isKept(kind, place))
    .flatMap((place) => {
      const old = place.reduce<Json>((value, key) => (value as Record<string, Json>)[key] ?? null, template);
      return plantings(old).flatMap((plant, index) => {
        const output = JSON.stringify(source.understand(planted(template, place, plant)));
        return output.includes(CANARY) ? [`${place.join('.')} (${index})`] : [];
      });
    });
}

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const ROLE = {
  type: 'AssumedRole',
  principalId: 'AROAX:session',
  arn: 'arn:aws:sts::111122223333:assumed-role/r/session',
  accountId: '111122223333',
  accessKeyId: 'ASIAX',
  sessionContext: {
    sessionIssuer: { type: 'Role', principalId: 'AROAX', arn: 'arn:aws:iam::111122223333:role/r', userName: 'r' },
    attributes: { creationDate: '2026-03-02T08:00:00Z', mfaAuthenticated: 'true' },
    webIdFederationData: { federatedProvider: 'x', attributes: {} },
  },
};
const FULL = {
  tlsDetails: { tlsVersion: 'TLSv1.3' },
  errorCode: 'AccessDenied',
  errorMessage: 'no',
  userIdentity: ROLE,
};

describe('no value comes out of a record, wherever it stands', () => {
  it.each<[string, unknown]>([
    ['a read', secretsManager('GetSecretValue', { requestParameters: { secretId: 'a', versionStage: 'AWSCURRENT' } })],
    ['a denied read by a role', secretsManager('GetSecretValue', { ...FULL, requestParameters: { secretId: 'a' } })],
    [
      'a batch by filters',
      secretsManager('BatchGetSecretValue', {
        requestParameters: { filters: [{ key: 'name', values: ['x'] }], nextToken: 't', maxResults: 3 },
        responseElements: { secretValues: [{ aRN: SECRET_ARN, secretString: 'x' }], errors: [] },
      }),
    ],
    [
      'a write',
      secretsManager('CreateSecret', {
        requestParameters: {
          name: 'a',
          description: 'd',
          secretString: 's',
          secretBinary: 'b',
          clientRequestToken: 't',
          tags: [{ key: 'k', value: 'v' }],
          addReplicaRegions: [{ region: 'eu', kmsKeyId: 'k' }],
        },
        responseElements: { arn: SECRET_ARN, name: 'a', versionId: 'v', replicationStatus: [{ statusMessage: 'm' }] },
      }),
    ],
    ['a policy', secretsManager('PutResourcePolicy', { requestParameters: { secretId: 'a', resourcePolicy: '{}' } })],
    [
      'a rotation',
      service('RotationSucceeded', {
        additionalEventData: { SecretId: SECRET_ARN, RotationToken: 'x', VersionToken: 'y' },
        serviceEventDetails: { secretId: SECRET_ARN, detail: 'd' },
        resources: [{ ARN: SECRET_ARN, accountId: '1', type: 'AWS::SecretsManager::Secret' }],
      }),
    ],
    [
      'a parameter',
      ssm('PutParameter', {
        requestParameters: { name: '/a/b', value: 'v', type: 'SecureString', keyId: 'k', description: 'd', tags: [] },
        responseElements: { version: 1, tier: 'Standard' },
      }),
    ],
    [
      'a use of a key',
      kms('Decrypt', {
        requestParameters: {
          keyId: 'k',
          encryptionContext: { SecretARN: SECRET_ARN, SecretVersionId: 'v', mine: 'x' },
          ciphertextBlob: 'c',
        },
        responseElements: { keyMetadata: { arn: KEY_ARN, description: 'd' }, plaintext: 'p' },
        resources: [{ ARN: KEY_ARN, type: 'AWS::KMS::Key' }],
      }),
    ],
    ['another service', cloudtrail('sts', 'AssumeRole', { responseElements: { credentials: { sessionToken: 't' } } })],
  ])('CloudTrail: %s', (_, record) => {
    expect(leaks('aws-cloudtrail', record).filter((place) => !place.startsWith('resources.0.ARN'))).toEqual([]);
  });

  it.each<[string, unknown]>([
    [
      'a request',
      entry(
        'request',
        request('update', 'secret/data/a', {
          mount_type: 'kv',
          data: { data: { k: HASH, n: 7 }, options: { cas: 1 } },
          headers: { 'user-agent': ['x'], authorization: ['y'] },
          wrap_ttl: 60,
        }),
        { error: 'permission denied' },
      ),
    ],
    [
      'a response',
      answered('read', 'secret/data/a', 'secret/ kv', {
        data: {
          data: { password: HASH, port: 587, flag: true },
          metadata: { created_time: HASH, destroyed: false, version: 6, custom_metadata: { owner: HASH } },
        },
        secret: { lease_id: 'l' },
        wrap_info: { token: HASH, accessor: HASH, creation_path: 'p', wrapped_accessor: HASH },
        warnings: [HASH],
        redirect: 'r',
        headers: { 'x-y': ['z'] },
      }),
    ],
    [
      'a plain KV value',
      answered('read', 'old/a', 'old/ kv', {
        data: { version: 1, metadata: { version: 2 }, keys: [1], data: { a: 1 } },
      }),
    ],
    [
      'a login',
      answered('update', 'auth/userpass/login/maren', 'auth/userpass/ userpass', {
        auth: { ...PERSON_AUTH, metadata: { username: 'maren', anything: 'x' } },
      }),
    ],
    [
      'a KMIP message',
      {
        time: '2026-03-02T08:15:30Z',
        type: 'kmip-response',
        request: { data: { kmip_request: { tag: 'RequestMessage', value: [{ tag: 'BatchItem', value: [] }] } } },
        response: {
          data: {
            kmip_response: {
              tag: 'ResponseMessage',
              value: [
                {
                  tag: 'BatchItem',
                  value: [
                    { tag: 'Operation', type: 'Enumeration', value: '0x0000000a' },
                    { tag: 'ResultStatus', type: 'Enumeration', value: '0x00000000' },
                    { tag: 'ResponsePayload', value: [{ tag: 'KeyMaterial', type: 'ByteString', value: 'aa' }] },
                  ],
                },
              ],
            },
          },
        },
      },
    ],
  ])('Vault: %s', (_, record) => {
    expect(leaks('vault', record)).toEqual([]);
  });

  it("the users' own format", () => {
    const record = {
      timestamp: '2024-01-15T10:30:00Z',
      event_type: 'secret_change',
      user_id: 'u',
      secret_name: 's',
      environment: 'production',
      action: 'modify',
      success: false,
      error: 'denied',
      old_value: 'x',
      new_value: { deep: ['x'] },
      rotation_type: 'manual',
    };
    expect(leaks('generic-json', record)).toEqual([]);
  });

  it('can tell a leak', () => {
    const record = secretsManager('GetSecretValue', { requestParameters: { secretId: CANARY } });
    expect(JSON.stringify(sources.get('aws-cloudtrail')?.understand(record))).toContain(CANARY);
  });
});
