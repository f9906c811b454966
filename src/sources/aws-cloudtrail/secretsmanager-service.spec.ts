import { describe, expect, it } from '@jest/globals';
import {
  ACCOUNT,
  REGION,
  secretArn,
  secretsManager,
  service,
  understoodByAws,
  type Fields,
} from '../../../test/support/cloudtrail-records.js';

describe('AWS Secrets Manager', () => {
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
    expect(understoodByAws(secretsManager(eventName))).toMatchObject({ action, nativeAction: eventName });
  });

  it('tells a destruction from a deletion', () => {
    const requestParameters = { secretId: 'shop/db', forceDeleteWithoutRecovery: true };
    expect(understoodByAws(secretsManager('DeleteSecret', { requestParameters }))).toMatchObject({
      action: 'secret.destroy',
    });
    expect(
      understoodByAws(
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
      [
        'the name of a response that its ARN contradicts, joined with nothing',
        { responseElements: { arn: secretArn('payments/db-AbCdEf'), name: '!a' } },
        { path: ['!a'] },
      ],
      [
        'the name of a response in another account, joined with nothing',
        { responseElements: { arn: secretArn('shop/db-AbCdEf').replace(/\d{12}/, '222222222222'), name: 'shop/db' } },
        { path: ['shop/db'], instance: '222222222222' },
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
      expect(understoodByAws(secretsManager(eventName, fields)).secrets).toEqual([{ ...base, ...secret }]);
    });

    it.each<[string, Fields]>([
      ['additionalEventData.SecretId', { additionalEventData: { SecretId: secretArn('shop/db-AbCdEf') } }],
      ['additionalEventData.ARN', { additionalEventData: { ARN: secretArn('shop/db-AbCdEf') } }],
      ['serviceEventDetails.secretId', { serviceEventDetails: { secretId: secretArn('shop/db-AbCdEf') } }],
      ['responseElements.arn', { responseElements: { arn: secretArn('shop/db-AbCdEf') } }],
    ])('finds a rotated secret in %s', (_, fields) => {
      expect(understoodByAws(service('RotationSucceeded', fields))).toMatchObject({
        action: 'secret.rotate',
        outcome: 'success',
        origin: 'automatic',
        actor: { kind: 'store' },
        secrets: [{ ...base, path: ['shop/db'], alias: ['shop/db-AbCdEf'] }],
      });
    });

    it('takes no suffix off what a caller wrote: only a service event names a secret whole', () => {
      const additionalEventData = { ARN: secretArn('db-backup') };
      const called = understoodByAws(secretsManager('DescribeSecret', { additionalEventData }));
      expect(called.secrets).toMatchObject([{ path: ['db-backup'] }]);
      const served = { additionalEventData, eventType: 'AwsServiceEvent' };
      expect(understoodByAws(secretsManager('RotationSucceeded', served)).secrets).toMatchObject([{ path: ['db'] }]);
    });

    it('keeps the account of a secret that belongs to another', () => {
      const secretId = 'arn:aws:secretsmanager:us-east-1:999900001111:secret:theirs-AbCdEf';
      expect(understoodByAws(secretsManager('GetSecretValue', { requestParameters: { secretId } }))).toMatchObject({
        instance: ACCOUNT,
        secrets: [{ scope: 'us-east-1', instance: '999900001111', path: ['theirs-AbCdEf'] }],
      });
    });

    it('names every secret of a batch in one event', () => {
      const requestParameters = { secretIdList: ['shop/db', secretArn('shop/mail-AbCdEf')] };
      expect(understoodByAws(secretsManager('BatchGetSecretValue', { requestParameters })).secrets).toEqual([
        { ...base, path: ['shop/db'] },
        { ...base, path: ['shop/mail-AbCdEf'] },
      ]);
      // Which of them were refused is not in the record; that all were is.
      const refused = secretsManager('BatchGetSecretValue', { requestParameters, errorCode: 'AccessDenied' });
      expect(understoodByAws(refused).secrets).toMatchObject([{ valueReturned: false }, { valueReturned: false }]);
    });

    it('names none of a batch by filter, and drops the filter', () => {
      const requestParameters = { filters: [{ key: 'tag-key', values: ['hidden-words'] }] };
      const event = understoodByAws(secretsManager('BatchGetSecretValue', { requestParameters }));
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
      expect(understoodByAws(secretsManager('UpdateSecretVersionStage', { requestParameters }))).toMatchObject({
        details: { versionStage: 'AWSCURRENT' },
        secrets: [{ path: ['shop/db'], version: 'v-1', previousVersion: 'v-2' }],
      });
    });
  });
});
