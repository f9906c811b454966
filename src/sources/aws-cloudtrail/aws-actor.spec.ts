import { describe, expect, it } from '@jest/globals';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import type { AwsCloudtrailConfig } from './aws-cloudtrail.config.js';
import {
  ACCOUNT,
  kms,
  secretArn,
  secretsManager,
  service,
  understoodByAws,
  type Fields,
} from '../../../test/support/cloudtrail-records.js';

describe('an AWS identity', () => {
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
      understoodByAws(secretsManager('GetSecretValue', { userIdentity }), config);
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

    it("shows a person's own role without their name where the operator marks it", () => {
      const record = assumed(role('people/maren'), 'maren-s1');
      const config = { people: { paths: [], roles: ['arn:aws:iam::*:role/people/{person}'] } };
      const event = understoodByAws(secretsManager('GetSecretValue', { userIdentity: record }), config);
      expect(event.actor).toMatchObject({ kind: 'user', roles: [role('people/{person}')] });
      expect(event.people[0]?.nativeId).toBe(`${role('people/maren')}/maren-s1`);
    });

    it('marks a person whom a path names', () => {
      const config = { people: { paths: ['people/{person}/**'], roles: [] } };
      const requestParameters = { secretId: secretArn('people/maren@example.org/mail-AbCdEf') };
      const event = understoodByAws(secretsManager('GetSecretValue', { requestParameters }), config);
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
      expect(understoodByAws(echo, config).correlation?.derivedFrom).toEqual([secretArn('people/{person}')]);
      const rotation = service('RotationSucceeded', {
        additionalEventData: { SecretId: arn },
        requestID: `Rotation-${secretArn('people/maren')}-1`,
      });
      expect(understoodByAws(rotation, config).correlation?.requestId).not.toContain('maren');
    });
  });
});
