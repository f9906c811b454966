import type { SourcedEvent } from '../../src/domain/sourced-event.js';
import {
  AWS_CLOUDTRAIL_DEFAULTS,
  type AwsCloudtrailConfig,
} from '../../src/sources/aws-cloudtrail/aws-cloudtrail.config.js';
import { AwsCloudtrailSource } from '../../src/sources/aws-cloudtrail/aws-cloudtrail.source.js';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const secretArn = (resource: string): string => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${resource}`;
export const parameterArn = (resource: string): string => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${resource}`;
export const keyArn = (id: string): string => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;

/** Hand-written CloudTrail records for the specs of their source. */
export type Fields = Readonly<Record<string, unknown>>;

export function cloudtrail(eventSource: string, eventName: string, fields: Fields = {}): Fields {
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

export const secretsManager = (eventName: string, fields?: Fields): Fields =>
  cloudtrail('secretsmanager', eventName, fields);
export const ssm = (eventName: string, fields?: Fields): Fields => cloudtrail('ssm', eventName, fields);
export const kms = (eventName: string, fields?: Fields): Fields => cloudtrail('kms', eventName, fields);
export const service = (eventName: string, fields?: Fields): Fields =>
  secretsManager(eventName, {
    eventType: 'AwsServiceEvent',
    userIdentity: { accountId: ACCOUNT, invokedBy: 'secretsmanager.amazonaws.com' },
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    ...fields,
  });

export function understoodByAws(record: unknown, config: Partial<AwsCloudtrailConfig> = {}): SourcedEvent {
  const result = new AwsCloudtrailSource({ ...AWS_CLOUDTRAIL_DEFAULTS, ...config }).understand(record);
  if (result.kind !== 'events' || !result.events[0] || result.events.length > 1)
    throw new Error(`not understood: ${JSON.stringify(result)}`);
  return result.events[0];
}
