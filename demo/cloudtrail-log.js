// A file of AWS CloudTrail: Secrets Manager, Parameter Store and KMS of one account in one region.
import { PEOPLE, SERVICES } from './cast.js';
import { DAYS, digits, uuid, wholeSeconds } from './timeline.js';

const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';
const SSO_ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${REGION}/AWSReservedSSO_Operations_0a1b2c3d4e5f6071`;
const MASTER = secret('prod/payments/db-master', 'Kq3VbX');
const WEBHOOK = secret('prod/payments/webhook', 'pT7mRz');

/** The file's content as one value. */
export function cloudtrailLog(timeline) {
  const calls = DAYS.flatMap((day) => [...daily(timeline, day), ...story(timeline, day)]);
  const past = calls.filter(({ time }) => timeline.isPast(time)).sort((one, other) => one.time - other.time);
  return { Records: past.map(record) };
}

/** The web servers read at every deployment; each read of a secret leaves a decryption behind. */
function daily(timeline, day) {
  const time = timeline.within(day, [5, 6], 'web servers');
  const people = timeline.isWeekend(day)
    ? []
    : [
        secretsManager(timeline.within(day, [8, 10], 'sofia lists'), 'ListSecrets', operator('sofia'), null),
        secretsManager(timeline.within(day, [10, 15], 'sofia reads'), 'GetSecretValue', operator('sofia'), {
          secretId: MASTER.name,
        }),
      ];
  return [
    secretsManager(time, 'GetSecretValue', workload('billing-api'), { secretId: MASTER.arn }),
    decryption(new Date(time.getTime() + 1000), { SecretARN: MASTER.arn }),
    parameterStore(timeline.within(day, [6, 7], 'session key'), {
      name: '/prod/web/session-key',
      withDecryption: true,
    }),
    ...people,
  ];
}

function story(timeline, day) {
  const sm = (time, eventName, who, more) => secretsManager(timeline.at(day, time), eventName, operator(who), more);
  const happened = {
    12: () => [
      {
        ...sm('08:15:00', 'CreateSecret', 'alice', { name: WEBHOOK.name }),
        more: { responseElements: { arn: WEBHOOK.arn, name: WEBHOOK.name } },
      },
    ],
    10: () => [batch(timeline.at(10, '13:00:01')), throttled(timeline.at(10, '13:02:00'))],
    7: () => [sm('02:00:00', 'RotateSecret', 'alice', { secretId: MASTER.name }), ...rotation(timeline)],
    4: () => [
      sm('17:45:12', 'PutResourcePolicy', 'sofia', { secretId: WEBHOOK.name }),
      denied(timeline.at(4, '17:50:30'), 'chen'),
      denied(timeline.at(4, '17:50:41'), 'chen'),
    ],
    1: () => [sm('09:30:00', 'DeleteSecret', 'alice', { secretId: WEBHOOK.name, recoveryWindowInDays: 7 })],
  };
  return happened[day]?.() ?? [];
}

/** What the service itself says of a rotation. */
function rotation(timeline) {
  const who = { accountId: ACCOUNT, invokedBy: 'secretsmanager.amazonaws.com' };
  return [
    ['02:00:01', 'RotationStarted'],
    ['02:00:19', 'RotationSucceeded'],
  ].map(([time, eventName]) => ({
    ...secretsManager(timeline.at(7, time), eventName, who, null),
    more: {
      additionalEventData: { SecretId: MASTER.arn },
      eventType: 'AwsServiceEvent',
      sourceIPAddress: 'secretsmanager.amazonaws.com',
    },
  }));
}

function secret(name, suffix) {
  return { name, arn: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-${suffix}` };
}

/** A person by way of single sign-on: the role's session is named for them. */
function operator(key) {
  const { email, address } = PEOPLE[key];
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEOPERATIONS:${email}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Operations_0a1b2c3d4e5f6071/${email}`,
    accountId: ACCOUNT,
    accessKeyId: `ASIA${digits(key, 16).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: SSO_ROLE,
        accountId: ACCOUNT,
        userName: 'AWSReservedSSO_Operations_0a1b2c3d4e5f6071',
      },
      attributes: { mfaAuthenticated: 'true' },
    },
    address,
  };
}

function workload(key) {
  const role = `arn:aws:iam::${ACCOUNT}:role/${key}`;
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE${digits(key, 9).toUpperCase()}:i-${digits(key, 17)}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${key}/i-${digits(key, 17)}`,
    accountId: ACCOUNT,
    accessKeyId: `ASIA${digits(key, 16).toUpperCase()}`,
    sessionContext: { sessionIssuer: { type: 'Role', arn: role, accountId: ACCOUNT, userName: key } },
    address: SERVICES[key].address,
  };
}

function secretsManager(time, eventName, who, requestParameters) {
  return { time, eventSource: 'secretsmanager.amazonaws.com', eventName, who, requestParameters };
}

function parameterStore(time, requestParameters) {
  const who = workload('billing-api');
  return { time, eventSource: 'ssm.amazonaws.com', eventName: 'GetParameter', who, requestParameters };
}

function throttled(time) {
  return { ...parameterStore(time, null), more: { errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded' } };
}

function batch(time) {
  const requestParameters = { secretIdList: [MASTER.arn, WEBHOOK.name] };
  return secretsManager(time, 'BatchGetSecretValue', workload('ci-deployer'), requestParameters);
}

function denied(time, key) {
  const more = { errorCode: 'AccessDenied', errorMessage: 'not authorized to perform: secretsmanager:GetSecretValue' };
  return { ...secretsManager(time, 'GetSecretValue', operator(key), { secretId: MASTER.name }), more };
}

function decryption(time, encryptionContext) {
  return {
    time,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    who: { ...workload('billing-api'), invokedBy: 'secretsmanager.amazonaws.com' },
    requestParameters: { encryptionContext, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    more: { sourceIPAddress: 'secretsmanager.amazonaws.com', userAgent: 'secretsmanager.amazonaws.com' },
  };
}

function record({ time, eventSource, eventName, who: { address, ...userIdentity }, requestParameters, more }) {
  const label = `${time.toISOString()}/${eventName}/${userIdentity.arn ?? userIdentity.invokedBy}`;
  return {
    eventVersion: '1.09',
    userIdentity,
    eventTime: wholeSeconds(time),
    eventSource,
    eventName,
    awsRegion: REGION,
    sourceIPAddress: address,
    userAgent: 'aws-cli/2.17.60',
    requestParameters,
    responseElements: null,
    requestID: uuid(`${label} request`),
    eventID: uuid(label),
    readOnly: /^(Get|List|BatchGet|Decrypt)/.test(eventName),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...more,
  };
}
