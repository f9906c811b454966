import { describe, expect, it } from '@jest/globals';
import {
  keyArn,
  kms,
  parameterArn,
  secretArn,
  understoodByAws,
  type Fields,
} from '../../../test/support/cloudtrail-records.js';

describe('AWS KMS', () => {
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
    expect(understoodByAws(kms(eventName))).toMatchObject({ action });
  });

  describe('keys', () => {
    it.each<[string, Fields, string]>([
      ['resources', { resources: [{ type: 'AWS::KMS::Key', ARN: keyArn('1234') }] }, 'key/1234'],
      ['an id', { requestParameters: { keyId: '1234' } }, 'key/1234'],
      ['an alias', { requestParameters: { keyId: 'alias/shop' } }, 'alias/shop'],
      ['an ARN', { requestParameters: { keyId: keyArn('1234') } }, 'key/1234'],
      ['a service event', { serviceEventDetails: { keyId: '1234', rotationType: 'AUTOMATIC' } }, 'key/1234'],
    ])('knows a key by %s', (_, fields, path) => {
      expect(understoodByAws(kms('DisableKey', fields)).secrets).toMatchObject([{ store: 'aws-kms', path: [path] }]);
    });

    it('links the echo of a secret read to the secret', () => {
      const encryptionContext = { SecretARN: secretArn('shop/db-AbCdEf'), SecretVersionId: 'v-1' };
      const record = kms('Decrypt', {
        requestParameters: { encryptionContext, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
        sourceIPAddress: 'secretsmanager.amazonaws.com',
        resources: [{ ARN: keyArn('1234') }],
      });
      expect(understoodByAws(record)).toMatchObject({
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
      expect(understoodByAws(record)).toMatchObject({
        correlation: { derivedFrom: [parameterArn('shop/db')] },
        details: { invokedBy: 'ssm.amazonaws.com' },
        flags: [],
      });
    });

    it('does not let a client pass its own use off as an echo', () => {
      const encryptionContext = { SecretARN: secretArn('shop/db-AbCdEf') };
      const event = understoodByAws(kms('Decrypt', { requestParameters: { encryptionContext } }));
      expect(event.correlation?.derivedFrom).toBeUndefined();
      expect(event.flags).toEqual(['encryption_context_of_client']);
    });
  });
});
