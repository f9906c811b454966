import { describe, expect, it } from '@jest/globals';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import { AWS_CLOUDTRAIL_DEFAULTS, type AwsCloudtrailConfig } from './aws-cloudtrail.config.js';
import { AwsCloudtrailSource } from './aws-cloudtrail.source.js';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const secretArn = (resource: string): string => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${resource}`;
const parameterArn = (resource: string): string => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${resource}`;
const keyArn = (id: string): string => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;

type Fields = Readonly<Record<string, unknown>>;

function cloudtrail(eventSource: string, eventName: string, fields: Fields = {}): Fields {
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLEMAREN',
      arn: `arn:aws:iam::${ACCOUNT}:user/maren`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAEXAMPLEMAREN',
      userName: 'maren',
    },
    eventTime: '2026-03-02T08:15:30Z',
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    awsRegion: REGION,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.17',
    requestParameters: null,
    responseElements: null,
    requestID: 'a0000000-0000-4000-8000-000000000001',
    eventID: 'b0000000-0000-4000-8000-000000000001',
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...fields,
  };
}

const secretsManager = (eventName: string, fields?: Fields): Fields => cloudtrail('secretsmanager', eventName, fields);
const ssm = (eventName: string, fields?: Fields): Fields => cloudtrail('ssm', eventName, fields);
const kms = (eventName: string, fields?: Fields): Fields => cloudtrail('kms', eventName, fields);
const service = (eventName: string, fields?: Fields): Fields =>
  secretsManager(eventName, {
    eventType: 'AwsServiceEvent',
    userIdentity: { accountId: ACCOUNT, invokedBy: 'secretsmanager.amazonaws.com' },
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    ...fields,
  });

function understood(record: unknown, config: Partial<AwsCloudtrailConfig> = {}): SourcedEvent {
  const result = new AwsCloudtrailSource({ ...AWS_CLOUDTRAIL_DEFAULTS, ...config }).understand(record);
  if (result.kind !== 'events' || !result.events[0]) throw new Error(`not understood: ${JSON.stringify(result)}`);
  expect(result.events).toHaveLength(1);
  return result.events[0];
}

describe(AwsCloudtrailSource.name, () => {
  it('understands a read of a secret whole', () => {
    expect(understood(secretsManager('GetSecretValue', { requestParameters: { secretId: 'shop/db' } }))).toEqual({
      action: 'secret.read',
      outcome: 'success',
      occurredAt: '2026-03-02T08:15:30Z',
      instance: ACCOUNT,
      key: 'b0000000-0000-4000-8000-000000000001',
      nativeId: 'b0000000-0000-4000-8000-000000000001',
      nativeAction: 'GetSecretValue',
      actor: { kind: 'user', person: 0, authentication: { method: 'IAMUser' } },
      people: [{ kind: 'user', nativeId: `arn:aws:iam::${ACCOUNT}:user/maren`, name: 'maren', authenticated: true }],
      client: { credentialId: 'AKIAEXAMPLEMAREN', address: '198.51.100.7', userAgent: 'aws-cli/2.17' },
      secrets: [{ store: 'aws-secretsmanager', scope: REGION, path: ['shop/db'], valueReturned: true }],
      correlation: { requestId: 'a0000000-0000-4000-8000-000000000001' },
      redactions: [],
      flags: [],
    });
  });

  it.each([
    ['GetSecretValue', 'secret.read'],
    ['BatchGetSecretValue', 'secret.read'],
    ['ListSecrets', 'secret.list'],
    ['ListSecretVersionIds', 'secret.list'],
    ['DescribeSecret', 'secret.describe'],
    ['GetResourcePolicy', 'secret.describe'],
    ['CreateSecret', 'secret.create'],
    ['PutSecretValue', 'secret.update'],
    ['UpdateSecret', 'secret.update'],
    ['UpdateSecretVersionStage', 'secret.update'],
    ['CancelRotateSecret', 'secret.update'],
    ['DeleteSecret', 'secret.delete'],
    ['RestoreSecret', 'secret.restore'],
    ['RotateSecret', 'secret.rotate'],
    ['ReplicateSecretToRegions', 'secret.copy'],
    ['PutResourcePolicy', 'secret.policy_change'],
    ['DeleteResourcePolicy', 'secret.policy_change'],
    ['StartSecretVersionDelete', 'secret.destroy'],
    ['EndSecretVersionDelete', 'secret.destroy'],
    ['CancelSecretVersionDelete', 'secret.restore'],
    ['GetRandomPassword', 'other'],
    ['SomethingOfNextYear', 'other'],
  ])('secrets manager: %s is %s', (eventName, action) => {
    expect(understood(secretsManager(eventName))).toMatchObject({ action, nativeAction: eventName });
  });

  it.each([
    ['GetParameter', 'secret.read'],
    ['GetParameters', 'secret.read'],
    ['GetParametersByPath', 'secret.read'],
    ['GetParameterHistory', 'secret.read'],
    ['DescribeParameters', 'secret.list'],
    ['PutParameter', 'secret.update'],
    ['DeleteParameter', 'secret.delete'],
    ['DeleteParameters', 'secret.delete'],
    ['LabelParameterVersion', 'secret.update'],
    ['TransmogrifyParameter', 'other'],
  ])('parameter store: %s is %s', (eventName, action) => {
    expect(understood(ssm(eventName))).toMatchObject({ action });
  });

  it.each([
    ['Decrypt', 'key.use'],
    ['GenerateDataKeyWithoutPlaintext', 'key.use'],
    ['Sign', 'key.use'],
    ['CreateGrant', 'access.grant'],
    ['RetireGrant', 'access.revoke'],
    ['RevokeGrant', 'access.revoke'],
    ['PutKeyPolicy', 'store.config_change'],
    ['ScheduleKeyDeletion', 'store.config_change'],
    ['RotateKey', 'store.config_change'],
    ['GetKeyPolicy', 'secret.describe'],
    ['ListKeys', 'secret.list'],
    ['BrandNewCall', 'other'],
  ])('kms: %s is %s', (eventName, action) => {
    expect(understood(kms(eventName))).toMatchObject({ action });
  });

  it('tells a destruction from a deletion', () => {
    const requestParameters = { secretId: 'shop/db', forceDeleteWithoutRecovery: true };
    expect(understood(secretsManager('DeleteSecret', { requestParameters }))).toMatchObject({
      action: 'secret.destroy',
    });
    expect(
      understood(
        secretsManager('DeleteSecret', { requestParameters: { secretId: 'shop/db', recoveryWindowInDays: 7 } }),
      ),
    ).toMatchObject({ action: 'secret.delete', details: { recoveryDays: 7 } });
  });

  describe('which secret', () => {
    const base = { store: 'aws-secretsmanager', scope: REGION };

    it.each<[string, Fields, Fields]>([
      ['a name', { requestParameters: { secretId: 'shop/db' } }, { path: ['shop/db'] }],
      [
        'an ARN of a request, as it is written',
        { requestParameters: { secretId: secretArn('shop/db-AbCdEf') } },
        { path: ['shop/db-AbCdEf'] },
      ],
      [
        'a partial ARN of a request',
        { requestParameters: { secretId: secretArn('shop/db-backup') } },
        { path: ['shop/db-backup'] },
      ],
      [
        'the name of a response, its ARN as alias',
        {
          requestParameters: { secretId: 'shop/db' },
          responseElements: { arn: secretArn('shop/db-AbCdEf'), name: 'shop/db', versionId: 'v-2' },
        },
        { path: ['shop/db'], alias: ['shop/db-AbCdEf'], version: 'v-2' },
      ],
      [
        'the ARN of a response without its suffix',
        { responseElements: { aRN: secretArn('shop/db-AbCdEf') } },
        { path: ['shop/db'], alias: ['shop/db-AbCdEf'] },
      ],
      ['the name to be created', { requestParameters: { name: 'shop/new' } }, { path: ['shop/new'] }],
      [
        'the ARN of the resources',
        { resources: [{ type: 'AWS::SecretsManager::Secret', ARN: secretArn('shop/db-AbCdEf') }] },
        { path: ['shop/db-AbCdEf'] },
      ],
    ])('knows it by %s', (_, fields, secret) => {
      const eventName =
        'name' in ((fields['requestParameters'] as Fields | undefined) ?? {}) ? 'CreateSecret' : 'UpdateSecret';
      expect(understood(secretsManager(eventName, fields)).secrets).toEqual([{ ...base, ...secret }]);
    });

    it.each<[string, Fields]>([
      ['additionalEventData.SecretId', { additionalEventData: { SecretId: secretArn('shop/db-AbCdEf') } }],
      ['additionalEventData.ARN', { additionalEventData: { ARN: secretArn('shop/db-AbCdEf') } }],
      ['serviceEventDetails.secretId', { serviceEventDetails: { secretId: secretArn('shop/db-AbCdEf') } }],
      ['responseElements.arn', { responseElements: { arn: secretArn('shop/db-AbCdEf') } }],
    ])('finds a rotated secret in %s', (_, fields) => {
      expect(understood(service('RotationSucceeded', fields))).toMatchObject({
        action: 'secret.rotate',
        outcome: 'success',
        origin: 'automatic',
        actor: { kind: 'store' },
        secrets: [{ ...base, path: ['shop/db'], alias: ['shop/db-AbCdEf'] }],
      });
    });

    it('keeps the account of a secret that belongs to another', () => {
      const secretId = 'arn:aws:secretsmanager:us-east-1:999900001111:secret:theirs-AbCdEf';
      expect(understood(secretsManager('GetSecretValue', { requestParameters: { secretId } }))).toMatchObject({
        instance: ACCOUNT,
        secrets: [{ scope: 'us-east-1', instance: '999900001111', path: ['theirs-AbCdEf'] }],
      });
    });

    it('names every secret of a batch in one event', () => {
      const requestParameters = { secretIdList: ['shop/db', secretArn('shop/mail-AbCdEf')] };
      expect(understood(secretsManager('BatchGetSecretValue', { requestParameters })).secrets).toEqual([
        { ...base, path: ['shop/db'], valueReturned: true },
        { ...base, path: ['shop/mail-AbCdEf'], valueReturned: true },
      ]);
    });

    it('names none of a batch by filter, and drops the filter', () => {
      const requestParameters = { filters: [{ key: 'tag-key', values: ['hidden-words'] }] };
      const event = understood(secretsManager('BatchGetSecretValue', { requestParameters }));
      expect(event).toMatchObject({ secrets: [], details: { filters: 1 } });
      expect(JSON.stringify(event)).not.toContain('hidden-words');
    });

    it('reads the versions that a label moves between', () => {
      const requestParameters = {
        secretId: 'shop/db',
        versionStage: 'AWSCURRENT',
        moveToVersionId: 'v-1',
        removeFromVersionId: 'v-2',
      };
      expect(understood(secretsManager('UpdateSecretVersionStage', { requestParameters }))).toMatchObject({
        details: { versionStage: 'AWSCURRENT' },
        secrets: [{ path: ['shop/db'], version: 'v-1', previousVersion: 'v-2' }],
      });
    });
  });

  describe('parameters', () => {
    it.each([
      ['db', 'db'],
      ['/db', 'db'],
      ['shop/db', '/shop/db'],
      ['/shop/db', '/shop/db'],
      [parameterArn('shop/db'), '/shop/db'],
      [parameterArn('db'), 'db'],
    ])('names %s %s', (name, path) => {
      expect(understood(ssm('GetParameter', { requestParameters: { name } })).secrets).toMatchObject([
        { store: 'aws-ssm', scope: REGION, path: [path] },
      ]);
    });

    it('reads a version or label behind a name', () => {
      expect(understood(ssm('GetParameter', { requestParameters: { name: '/shop/db:3' } })).secrets).toMatchObject([
        { path: ['/shop/db'], version: '3' },
      ]);
    });

    it.each<[Fields, boolean]>([
      [{ withDecryption: true }, true],
      [{ withDecryption: 'true' }, true],
      [{ withDecryption: false }, false],
      [{}, false],
    ])('with %j returns a value: %p', (decryption, valueReturned) => {
      const requestParameters = { names: ['/a/1', '/a/2'], ...decryption };
      expect(understood(ssm('GetParameters', { requestParameters })).secrets).toMatchObject([
        { path: ['/a/1'], valueReturned },
        { path: ['/a/2'], valueReturned },
      ]);
    });

    it('marks a path as a collection', () => {
      expect(
        understood(ssm('GetParametersByPath', { requestParameters: { path: '/shop', recursive: true } })).secrets,
      ).toMatchObject([{ path: ['shop'], reach: 'collection' }]);
    });

    it('tells a new parameter by its first version', () => {
      const requestParameters = { name: '/shop/db', type: 'SecureString', value: 'HIDDEN_DUE_TO_SECURITY_REASONS' };
      expect(understood(ssm('PutParameter', { requestParameters, responseElements: { version: 1 } }))).toMatchObject({
        action: 'secret.create',
        secrets: [{ version: '1' }],
      });
      expect(understood(ssm('PutParameter', { requestParameters, responseElements: { version: 2 } }))).toMatchObject({
        action: 'secret.update',
        redactions: [
          { path: 'requestParameters.*', count: 1 },
          { path: 'requestParameters.value', count: 1 },
        ],
      });
    });

    it('keeps a throttled call whose secret is unknown', () => {
      expect(understood(ssm('GetParameter', { errorCode: 'ThrottlingException' }))).toMatchObject({
        action: 'secret.read',
        outcome: 'failure',
        reason: 'throttled',
        secrets: [],
      });
    });

    it.each(['SendCommand', 'StartSession', 'DescribeInstanceInformation', 'GetCommandInvocation'])(
      'ignores %s',
      (eventName) => {
        expect(new AwsCloudtrailSource().understand(ssm(eventName))).toEqual({
          kind: 'ignored',
          reason: 'not_about_secrets',
        });
      },
    );

    it('takes a shared call only where it names a parameter', () => {
      const source = new AwsCloudtrailSource();
      const onParameter = ssm('PutResourcePolicy', { requestParameters: { resourceArn: parameterArn('shop/db') } });
      expect(understood(onParameter)).toMatchObject({
        action: 'secret.policy_change',
        secrets: [{ path: ['/shop/db'] }],
      });
      expect(
        source.understand(
          ssm('AddTagsToResource', { requestParameters: { resourceType: 'Document', resourceId: 'd' } }),
        ),
      ).toMatchObject({ kind: 'ignored' });
    });
  });

  describe('keys', () => {
    it.each<[string, Fields, string]>([
      ['resources', { resources: [{ type: 'AWS::KMS::Key', ARN: keyArn('1234') }] }, 'key/1234'],
      ['an id', { requestParameters: { keyId: '1234' } }, 'key/1234'],
      ['an alias', { requestParameters: { keyId: 'alias/shop' } }, 'alias/shop'],
      ['an ARN', { requestParameters: { keyId: keyArn('1234') } }, 'key/1234'],
      ['a service event', { serviceEventDetails: { keyId: '1234', rotationType: 'AUTOMATIC' } }, 'key/1234'],
    ])('knows a key by %s', (_, fields, path) => {
      expect(understood(kms('DisableKey', fields)).secrets).toMatchObject([{ store: 'aws-kms', path: [path] }]);
    });

    it('links the echo of a secret read to the secret', () => {
      const encryptionContext = { SecretARN: secretArn('shop/db-AbCdEf'), SecretVersionId: 'v-1' };
      const record = kms('Decrypt', {
        requestParameters: { encryptionContext, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
        sourceIPAddress: 'secretsmanager.amazonaws.com',
        resources: [{ ARN: keyArn('1234') }],
      });
      expect(understood(record)).toMatchObject({
        action: 'key.use',
        correlation: { derivedFrom: [secretArn('shop/db-AbCdEf')] },
        secrets: [{ store: 'aws-kms', path: ['key/1234'] }],
        flags: [],
      });
    });

    it('links the echo of a parameter read to the parameter', () => {
      const encryptionContext = { PARAMETER_ARN: parameterArn('shop/db') };
      const record = kms('Decrypt', {
        requestParameters: { encryptionContext },
        userIdentity: { type: 'IAMUser', userName: 'maren', invokedBy: 'ssm.amazonaws.com' },
      });
      expect(understood(record)).toMatchObject({
        correlation: { derivedFrom: [parameterArn('shop/db')] },
        details: { invokedBy: 'ssm.amazonaws.com' },
        flags: [],
      });
    });

    it('does not let a client pass its own use off as an echo', () => {
      const encryptionContext = { SecretARN: secretArn('shop/db-AbCdEf') };
      const event = understood(kms('Decrypt', { requestParameters: { encryptionContext } }));
      expect(event.correlation?.derivedFrom).toBeUndefined();
      expect(event.flags).toEqual(['encryption_context_of_client']);
    });
  });

  describe('who', () => {
    const role = (path: string): string => `arn:aws:iam::${ACCOUNT}:role/${path}`;
    const assumed = (roleArn: string, session: string, context: Fields = {}): Fields => ({
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${session}`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${session}`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIAEXAMPLE',
      sessionContext: {
        attributes: { mfaAuthenticated: 'false', creationDate: '2026-03-02T08:00:00Z' },
        sessionIssuer: { type: 'Role', arn: roleArn, userName: roleArn.slice(roleArn.lastIndexOf('/') + 1) },
        ...context,
      },
    });
    const who = (userIdentity: unknown, config?: Partial<AwsCloudtrailConfig>): SourcedEvent =>
      understood(secretsManager('GetSecretValue', { userIdentity }), config);
    const sso = role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123');

    it.each<[string, unknown, Fields | undefined, Fields]>([
      [
        'root',
        { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
        { kind: 'user', nativeId: `arn:aws:iam::${ACCOUNT}:root`, name: 'root' },
        { kind: 'user' },
      ],
      [
        'a workload',
        assumed(role('shop-task'), 'i-0123456789'),
        { kind: 'workload', nativeId: role('shop-task'), name: 'shop-task' },
        { kind: 'workload' },
      ],
      [
        'a person by Identity Center',
        assumed(sso, 'maren@example.org'),
        { kind: 'user', nativeId: `${sso}/maren@example.org`, name: 'maren@example.org', email: 'maren@example.org' },
        { kind: 'user', roles: [sso] },
      ],
      [
        'a person by source identity',
        assumed(role('deploy'), 'botocore-session-17', { sourceIdentity: 'maren' }),
        { kind: 'user', nativeId: `${role('deploy')}/maren`, name: 'maren' },
        { kind: 'user', roles: [role('deploy')] },
      ],
      [
        'a service-linked role',
        assumed(role('aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS'), 'SLRManagement'),
        { kind: 'service', name: 'AWSServiceRoleForRDS' },
        { kind: 'service' },
      ],
      [
        'a role without its issuer',
        { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/shop-task/s1` },
        { kind: 'workload', nativeId: role('shop-task'), name: 'shop-task' },
        { kind: 'workload' },
      ],
      [
        'a federated user',
        { type: 'FederatedUser', arn: `arn:aws:sts::${ACCOUNT}:federated-user/maren` },
        { kind: 'user', nativeId: `arn:aws:sts::${ACCOUNT}:federated-user/maren`, name: 'maren' },
        { kind: 'user' },
      ],
      [
        'an Identity Center user',
        {
          type: 'IdentityCenterUser',
          onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:aws:identitystore::1:s/d-1' },
        },
        { kind: 'user', nativeId: 'arn:aws:identitystore::1:s/d-1/user/u-1' },
        { kind: 'user' },
      ],
      [
        'a role of another account',
        { type: 'AWSAccount', accountId: '999900001111', principalId: 'AROAOTHER:session-1' },
        { kind: 'workload', nativeId: 'AROAOTHER' },
        { kind: 'workload' },
      ],
      [
        'a service',
        { type: 'AWSService', invokedBy: 'rds.amazonaws.com' },
        { kind: 'service', nativeId: 'rds.amazonaws.com' },
        { kind: 'service' },
      ],
      ['AWS itself', { invokedBy: 'AWS Internal' }, { kind: 'store', nativeId: 'AWS Internal' }, { kind: 'store' }],
      ['nobody', undefined, undefined, { kind: 'unknown' }],
      ['an anonymous caller', { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' }, undefined, { kind: 'unknown' }],
      ['a shape never seen', { type: ['x'], arn: 7 }, undefined, { kind: 'unknown' }],
    ])('knows %s', (_, identity, person, actor) => {
      const event = who(identity);
      expect(event.people).toEqual(person ? [expect.objectContaining(person)] : []);
      expect(event.actor).toMatchObject(actor);
    });

    it('keeps the session of a role as personal data of its own', () => {
      expect(who(assumed(role('shop-task'), 'i-0123456789')).client.sessionName).toBe('i-0123456789');
    });

    it("takes a role on the operator's list for people", () => {
      const config = { people: { paths: [], roles: [`arn:aws:iam::*:role/people/*`] } };
      expect(who(assumed(role('people/admin'), 'maren'), config).people).toMatchObject([
        { kind: 'user', nativeId: `${role('people/admin')}/maren` },
      ]);
    });

    it('tells a second factor only where it is proved', () => {
      const identity = assumed(role('deploy'), 's', { attributes: { mfaAuthenticated: 'true' } });
      expect(who(identity).actor.authentication).toEqual({ method: 'AssumedRole', assurance: 'mfa' });
      expect(who(assumed(role('deploy'), 's')).actor.authentication).toEqual({ method: 'AssumedRole' });
    });

    it('marks a person whom a path names', () => {
      const config = { people: { paths: ['people/{person}/**'], roles: [] } };
      const requestParameters = { secretId: secretArn('people/maren@example.org/mail-AbCdEf') };
      const event = understood(secretsManager('GetSecretValue', { requestParameters }), config);
      expect(event.secrets[0]?.path).toEqual(['people/', { person: 1 }, '/mail-AbCdEf']);
      expect(event.people[1]).toEqual({
        kind: 'user',
        nativeId: 'maren@example.org',
        name: 'maren@example.org',
        email: 'maren@example.org',
        authenticated: true,
      });
    });

    it('leaves no marked name in correlation values', () => {
      const config = { people: { paths: ['people/{person}'], roles: [] } };
      const arn = secretArn('people/maren-AbCdEf');
      const echo = kms('Decrypt', {
        requestParameters: { encryptionContext: { SecretARN: arn } },
        sourceIPAddress: 'secretsmanager.amazonaws.com',
      });
      expect(understood(echo, config).correlation?.derivedFrom).toEqual([secretArn('people/{person}')]);
      const rotation = service('RotationSucceeded', {
        additionalEventData: { SecretId: arn },
        requestID: `Rotation-${secretArn('people/maren')}-1`,
      });
      expect(understood(rotation, config).correlation?.requestId).not.toContain('maren');
    });
  });

  describe('how it ended', () => {
    it.each([
      ['AccessDenied', 'denied'],
      ['AccessDeniedException', 'denied'],
      ['Client.UnauthorizedOperation', 'denied'],
      ['UnauthorizedOperation', 'denied'],
      ['ThrottlingException', 'throttled'],
      ['ResourceNotFoundException', 'not_found'],
      ['ParameterNotFound', 'not_found'],
      ['ResourceExistsException', 'conflict'],
      ['InvalidRequestException', 'invalid'],
      ['ExpiredTokenException', 'expired'],
      ['InvalidClientTokenId', 'unauthenticated'],
      ['InternalFailure', 'error'],
      ['NeverHeardOf', 'error'],
    ])('%s is a failure: %s', (errorCode, reason) => {
      expect(understood(secretsManager('GetSecretValue', { errorCode, errorMessage: 'why' }))).toMatchObject({
        outcome: 'failure',
        reason,
        redactions: [{ path: 'errorMessage', count: 1 }],
      });
    });

    it('lets an unproved name claim no subject', () => {
      const event = understood(secretsManager('GetSecretValue', { errorCode: 'InvalidClientTokenId' }));
      expect(event.people[0]?.authenticated).toBe(false);
    });

    it('says that a failed read returned nothing', () => {
      const fields = { errorCode: 'AccessDenied', requestParameters: { secretId: 'shop/db' } };
      expect(understood(secretsManager('GetSecretValue', fields)).secrets).toMatchObject([{ valueReturned: false }]);
    });

    it.each([
      ['RotationStarted', 'unknown', undefined, 'started'],
      ['RotationSucceeded', 'success', undefined, 'succeeded'],
      ['RotationFailed', 'failure', 'error', 'failed'],
      ['RotationAbandoned', 'failure', 'conflict', 'abandoned'],
    ])('reads the end of a rotation in %s', (eventName, outcome, reason, stage) => {
      const event = understood(service(eventName));
      expect(event).toMatchObject({ action: 'secret.rotate', outcome, details: { stage } });
      expect(event.reason).toBe(reason);
    });
  });

  describe('what comes in', () => {
    const source = new AwsCloudtrailSource();
    const record = secretsManager('GetSecretValue', { requestParameters: { secretId: 'shop/db' } });

    it.each<[string, unknown]>([
      ['a record', record],
      ['a trail file', { Records: [record] }],
      ['an EventBridge event', { version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail: record }],
      ['an array', [record]],
      ['files in an array', [{ Records: [record] }]],
    ])('takes %s', (_, value) => {
      expect(source.unwrap(value)).toEqual([record]);
    });

    it('reads a line of CloudTrail Lake', () => {
      const line = {
        ...record,
        eventTime: '2026-03-02 08:15:30.000',
        errorCode: '',
        requestParameters: { secretIdList: '["shop/db","shop/mail"]' },
      };
      expect(understood({ ...line, eventName: 'BatchGetSecretValue' })).toMatchObject({
        outcome: 'success',
        occurredAt: '2026-03-02T08:15:30.000Z',
        secrets: [{ path: ['shop/db'] }, { path: ['shop/mail'] }],
      });
    });

    it('keeps an address that is no IP', () => {
      expect(understood({ ...record, sourceIPAddress: 'AWS Internal' }).client.address).toBe('AWS Internal');
    });

    it.each<[string, unknown, unknown]>([
      ['a text', 'GetSecretValue', { kind: 'rejected', reason: 'not_an_object' }],
      ['nothing', null, { kind: 'rejected', reason: 'not_an_object' }],
      ['no event name', { eventSource: 'ssm.amazonaws.com' }, { kind: 'rejected', reason: 'missing_field' }],
      ['another service', cloudtrail('s3', 'GetObject'), { kind: 'ignored', reason: 'service_not_in_scope' }],
      ['a sign-in', cloudtrail('signin', 'ConsoleLogin'), { kind: 'ignored', reason: 'service_not_in_scope' }],
      ['an insight', { eventCategory: 'Insight' }, { kind: 'ignored', reason: 'insight' }],
    ])('answers %s', (_, value, answer) => {
      expect(source.understand(value)).toEqual(answer);
    });

    it('records sign-ins where the scope list says so', () => {
      const scope = ['signin', 'sts'] as const;
      const failed = cloudtrail('signin', 'ConsoleLogin', { responseElements: { ConsoleLogin: 'Failure' } });
      expect(understood(failed, { scope })).toMatchObject({
        action: 'auth.login',
        outcome: 'failure',
        reason: 'unauthenticated',
        people: [{ authenticated: false }],
      });
      const responseElements = { credentials: { sessionToken: 'planted-session-token' } };
      const assumed = understood(cloudtrail('sts', 'AssumeRole', { responseElements }), { scope });
      expect(assumed).toMatchObject({ action: 'auth.login', outcome: 'success' });
      expect(JSON.stringify(assumed)).not.toContain('planted');
    });

    it('gives the environment that a rule finds', () => {
      const environments = [
        { environment: 'production', instances: [ACCOUNT], paths: ['shop/**'] },
        { environment: 'elsewhere', scopes: [REGION] },
      ];
      expect(understood(record, { environments }).environment).toBe('production');
      expect(understood(secretsManager('ListSecrets'), { environments }).environment).toBe('elsewhere');
    });
  });
});
