// CloudTrail records for the bench: hand-written shape, numbered so that each is an event of its own.

const actions = ['GetSecretValue', 'GetSecretValue', 'GetSecretValue', 'DescribeSecret', 'PutSecretValue'];

/** The n-th record of a run; equal n, equal record. One person in 400, one secret in 900, one denial in 23. */
export function record(n) {
  const person = `person${n % 400}`;
  const name = actions[n % actions.length];
  const time = new Date(Date.UTC(2026, 9, 1) + n * 1500).toISOString().slice(0, 19) + 'Z';
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDAEXAMPLE${n % 400}`,
      arn: `arn:aws:iam::111122223333:user/${person}`,
      accountId: '111122223333',
      accessKeyId: `EXAMPLEKEY${n % 400}`,
      userName: person,
    },
    eventTime: time,
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: `198.51.100.${n % 250}`,
    userAgent:
      'aws-cli/2.17.60 md/Botocore#1.34 ua/2.0 os/linux lang/python#3.12 exec-env/bench cfg/retry-mode#standard',
    requestParameters: { secretId: `team-${n % 30}/service-${n % 900}/database` },
    responseElements: null,
    ...(n % 23 === 0 && { errorCode: 'AccessDeniedException', errorMessage: 'not authorized to perform this' }),
    requestID: `req-${n}`,
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    readOnly: name !== 'PutSecretValue',
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
  };
}

/** A request body of `size` records from the n-th on. */
export function batch(from, size) {
  return JSON.stringify({ Records: Array.from({ length: size }, (_, index) => record(from + index)) });
}
