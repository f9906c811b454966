import { describe, expect, it } from '@jest/globals';
import { AwsCloudtrailSource } from './aws-cloudtrail.source.js';
import { REGION, parameterArn, ssm, understoodByAws, type Fields } from '../../../test/support/cloudtrail-records.js';

describe('SSM Parameter Store', () => {
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
    expect(understoodByAws(ssm(eventName))).toMatchObject({ action });
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
      expect(understoodByAws(ssm('GetParameter', { requestParameters: { name } })).secrets).toMatchObject([
        { store: 'aws-ssm', scope: REGION, path: [path] },
      ]);
    });

    it('reads a version or label behind a name', () => {
      expect(understoodByAws(ssm('GetParameter', { requestParameters: { name: '/shop/db:3' } })).secrets).toMatchObject(
        [{ path: ['/shop/db'], version: '3' }],
      );
    });

    it.each<[Fields, boolean]>([
      [{ withDecryption: true }, true],
      [{ withDecryption: 'true' }, true],
      [{ withDecryption: false }, false],
      [{}, false],
    ])('with %j returns a value: %p', (decryption, valueReturned) => {
      const requestParameters = { names: ['/a/1', '/a/2'], ...decryption };
      expect(understoodByAws(ssm('GetParameters', { requestParameters })).secrets).toMatchObject([
        { path: ['/a/1'], valueReturned },
        { path: ['/a/2'], valueReturned },
      ]);
    });

    it('names the root where everything is read', () => {
      expect(
        understoodByAws(ssm('GetParametersByPath', { requestParameters: { path: '/', recursive: true } })).secrets,
      ).toMatchObject([{ path: ['/'], reach: 'collection' }]);
    });

    it('marks a path as a collection', () => {
      expect(
        understoodByAws(ssm('GetParametersByPath', { requestParameters: { path: '/shop', recursive: true } })).secrets,
      ).toMatchObject([{ path: ['shop'], reach: 'collection' }]);
    });

    it('tells a new parameter by its first version', () => {
      const requestParameters = { name: '/shop/db', type: 'SecureString', value: 'HIDDEN_DUE_TO_SECURITY_REASONS' };
      expect(
        understoodByAws(ssm('PutParameter', { requestParameters, responseElements: { version: 1 } })),
      ).toMatchObject({
        action: 'secret.create',
        secrets: [{ version: '1' }],
      });
      expect(
        understoodByAws(ssm('PutParameter', { requestParameters, responseElements: { version: 2 } })),
      ).toMatchObject({
        action: 'secret.update',
        redactions: [
          { path: 'requestParameters.*', count: 1 },
          { path: 'requestParameters.value', count: 1 },
        ],
      });
    });

    it('keeps a throttled call whose secret is unknown', () => {
      expect(understoodByAws(ssm('GetParameter', { errorCode: 'ThrottlingException' }))).toMatchObject({
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
      expect(understoodByAws(onParameter)).toMatchObject({
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
});
