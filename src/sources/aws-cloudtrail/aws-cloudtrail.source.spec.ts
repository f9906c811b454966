import { describe, expect, it } from '@jest/globals';
import { RecordText } from '../source.port.js';
import { AwsCloudtrailSource } from './aws-cloudtrail.source.js';
import {
  ACCOUNT,
  REGION,
  cloudtrail,
  secretsManager,
  service,
  understoodByAws,
} from '../../../test/support/cloudtrail-records.js';

describe(AwsCloudtrailSource.name, () => {
  it('understands a read of a secret whole', () => {
    expect(understoodByAws(secretsManager('GetSecretValue', { requestParameters: { secretId: 'shop/db' } }))).toEqual({
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
      expect(understoodByAws(secretsManager('GetSecretValue', { errorCode, errorMessage: 'why' }))).toMatchObject({
        outcome: 'failure',
        reason,
        redactions: [{ path: 'errorMessage', count: 1 }],
      });
    });

    it('lets an unproved name claim no subject', () => {
      const event = understoodByAws(secretsManager('GetSecretValue', { errorCode: 'InvalidClientTokenId' }));
      expect(event.people[0]?.authenticated).toBe(false);
    });

    it('says that a failed read returned nothing', () => {
      const fields = { errorCode: 'AccessDenied', requestParameters: { secretId: 'shop/db' } };
      expect(understoodByAws(secretsManager('GetSecretValue', fields)).secrets).toMatchObject([
        { valueReturned: false },
      ]);
    });

    it.each([
      ['RotationStarted', 'unknown', undefined, 'started'],
      ['RotationSucceeded', 'success', undefined, 'succeeded'],
      ['RotationFailed', 'failure', 'error', 'failed'],
      ['RotationAbandoned', 'failure', 'conflict', 'abandoned'],
    ])('reads the end of a rotation in %s', (eventName, outcome, reason, stage) => {
      const event = understoodByAws(service(eventName));
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
      ['an insight of EventBridge', { 'detail-type': 'AWS Insight via CloudTrail', detail: record }],
      ['files in an array', [{ Records: [record] }]],
    ])('takes %s', (_, value) => {
      expect(source.unwrap(value)).toEqual([record]);
    });

    it('takes the messages of a CloudWatch Logs subscription as texts', () => {
      const delivery = {
        messageType: 'DATA_MESSAGE',
        owner: '111122223333',
        logGroup: 'trail',
        logStream: '111122223333_CloudTrail_eu-west-1',
        subscriptionFilters: ['to-keytrail'],
        logEvents: [
          { id: '1', timestamp: 1, message: JSON.stringify(record) },
          { id: '2', timestamp: 2, message: 'not JSON' },
          { id: '3', timestamp: 3 },
        ],
      };
      expect(source.unwrap(delivery)).toEqual([
        new RecordText(JSON.stringify(record)),
        new RecordText('not JSON'),
        undefined,
      ]);
      // What is no list may hide records: it is not taken for an empty one.
      expect(source.unwrap({ ...delivery, logEvents: 'x' })).toEqual([{ ...delivery, logEvents: 'x' }]);
      const control = { messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'checking health' }] };
      expect(source.unwrap(control).map((one) => source.understand(one))).toEqual([
        { kind: 'ignored', reason: 'control_message' },
      ]);
    });

    it('reads a line of CloudTrail Lake', () => {
      const line = {
        ...record,
        eventTime: '2026-03-02 08:15:30.000',
        errorCode: '',
        requestParameters: { secretIdList: '["shop/db","shop/mail"]' },
      };
      expect(understoodByAws({ ...line, eventName: 'BatchGetSecretValue' })).toMatchObject({
        outcome: 'success',
        occurredAt: '2026-03-02T08:15:30.000Z',
        secrets: [{ path: ['shop/db'] }, { path: ['shop/mail'] }],
      });
    });

    it('keeps an address that is no IP', () => {
      expect(understoodByAws({ ...record, sourceIPAddress: 'AWS Internal' }).client.address).toBe('AWS Internal');
    });

    it.each<[string, unknown, unknown]>([
      ['a text', 'GetSecretValue', { kind: 'rejected', reason: 'not_an_object' }],
      ['nothing', null, { kind: 'rejected', reason: 'not_an_object' }],
      [
        'no event name',
        { eventSource: 'ssm.amazonaws.com' },
        { kind: 'rejected', reason: 'missing_field', field: 'eventName' },
      ],
      [
        'no event source',
        { eventName: 'GetSecretValue' },
        { kind: 'rejected', reason: 'missing_field', field: 'eventSource' },
      ],
      [
        'an event name that is none',
        { eventSource: 'ssm.amazonaws.com', eventName: {} },
        { kind: 'rejected', reason: 'wrong_type', field: 'eventName' },
      ],
      ['another service', cloudtrail('s3', 'GetObject'), { kind: 'ignored', reason: 'service_not_in_scope' }],
      ['a sign-in', cloudtrail('signin', 'ConsoleLogin'), { kind: 'ignored', reason: 'service_not_in_scope' }],
      ['an insight', { eventCategory: 'Insight' }, { kind: 'ignored', reason: 'insight' }],
    ])('answers %s', (_, value, answer) => {
      expect(source.understand(value)).toEqual(answer);
    });

    it('records sign-ins where the scope list says so', () => {
      const scope = ['signin', 'sts'] as const;
      const failed = cloudtrail('signin', 'ConsoleLogin', { responseElements: { ConsoleLogin: 'Failure' } });
      expect(understoodByAws(failed, { scope })).toMatchObject({
        action: 'auth.login',
        outcome: 'failure',
        reason: 'unauthenticated',
        people: [{ authenticated: false }],
      });
      const responseElements = { credentials: { sessionToken: 'planted-session-token' } };
      const assumed = understoodByAws(cloudtrail('sts', 'AssumeRole', { responseElements }), { scope });
      expect(assumed).toMatchObject({ action: 'auth.login', outcome: 'success' });
      expect(JSON.stringify(assumed)).not.toContain('planted');
    });

    it('gives the environment that a rule finds', () => {
      const environments = [
        { environment: 'production', instances: [ACCOUNT], paths: ['shop/**'] },
        { environment: 'elsewhere', scopes: [REGION] },
      ];
      expect(understoodByAws(record, { environments }).environment).toBe('production');
      expect(understoodByAws(secretsManager('ListSecrets'), { environments }).environment).toBe('elsewhere');
    });
  });
});
