import type { RecordableAction } from '../../domain/action.js';
import { asArray, asRecord, codeAt, countAt, recordAt, textAt, type JsonRecord } from '../json-record.js';
import { parseArn } from './aws-arn.js';
import type { AwsCall, AwsMeaning, AwsSecret, AwsService } from './aws-call.js';
import { asWritten } from './secretsmanager-secrets.js';
import { parameterByName } from './ssm-service.js';

const STORE = 'aws-kms';

const byAction = (action: RecordableAction, names: string): readonly (readonly [string, RecordableAction])[] =>
  names.split(' ').map((name) => [name, action]);

const ACTIONS: ReadonlyMap<string, RecordableAction> = new Map([
  ...byAction(
    'key.use',
    'Decrypt Encrypt ReEncrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair ' +
      'GenerateDataKeyPairWithoutPlaintext GenerateMac VerifyMac GenerateRandom Sign Verify DeriveSharedSecret',
  ),
  ['CreateGrant', 'access.grant'],
  ...byAction('access.revoke', 'RetireGrant RevokeGrant'),
  ...byAction(
    'store.config_change',
    'CreateKey EnableKey DisableKey ScheduleKeyDeletion CancelKeyDeletion DeleteKey PutKeyPolicy EnableKeyRotation ' +
      'DisableKeyRotation RotateKey RotateKeyOnDemand CreateAlias UpdateAlias DeleteAlias UpdateKeyDescription ' +
      'ImportKeyMaterial DeleteImportedKeyMaterial DeleteExpiredKeyMaterial ReplicateKey UpdatePrimaryRegion ' +
      'SynchronizeMultiRegionKey CreateCustomKeyStore UpdateCustomKeyStore DeleteCustomKeyStore ' +
      'ConnectCustomKeyStore DisconnectCustomKeyStore TagResource UntagResource',
  ),
  ...byAction(
    'secret.describe',
    'DescribeKey DescribeCustomKeyStores GetKeyPolicy GetKeyRotationStatus GetPublicKey GetParametersForImport',
  ),
  ...byAction(
    'secret.list',
    'ListKeys ListAliases ListGrants ListRetirableGrants ListKeyPolicies ListKeyRotations ListResourceTags',
  ),
]);

/**
 * AWS KMS. Administration changes the store, cryptography uses a key.
 * Events: docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export const KMS: AwsService = {
  parameters: new Set(['keyId', 'targetKeyId', 'aliasName', 'encryptionContext', 'pendingWindowInDays']),
  response: new Set(['keyId', 'keyMetadata']),
  understand: (call) => {
    const echo = call.eventName === 'GenerateRandom' ? {} : echoOf(call);
    const pendingDays = countAt(call.parameters, 'pendingWindowInDays');
    const isAutomatic = call.isServiceEvent;
    return {
      action: ACTIONS.get(call.eventName) ?? 'other',
      secrets: keysOf(call),
      ...(isAutomatic && { origin: 'automatic' as const }),
      ...(pendingDays !== undefined && { details: { pendingDays } }),
      ...echo,
    };
  },
};

/** Key ARNs of `resources` are canonical; a `keyId` may be an id, an alias or an ARN of either. */
function keysOf(call: AwsCall): readonly AwsSecret[] {
  const arns = asArray(call.record['resources']).flatMap((resource) => {
    const fields = asRecord(resource);
    const arn = textAt(fields, 'ARN') ?? textAt(fields, 'arn');
    return arn && isKeyArn(arn) ? [arn] : [];
  });
  if (arns.length > 0) return arns.map((arn) => keyById(arn, call.region));
  const details = recordAt(call.record, 'serviceEventDetails');
  const id =
    textAt(call.response, 'keyId') ??
    textAt(recordAt(call.response, 'keyMetadata'), 'arn') ??
    textAt(call.parameters, 'keyId') ??
    textAt(call.parameters, 'targetKeyId') ??
    textAt(call.parameters, 'aliasName') ??
    textAt(details, 'keyId');
  return id === undefined ? [] : [keyById(id, call.region)];
}

function isKeyArn(arn: string): boolean {
  const resource = parseArn(arn)?.resource;
  return resource?.startsWith('key/') === true || resource?.startsWith('alias/') === true;
}

function keyById(id: string, region: string): AwsSecret {
  const arn = parseArn(id);
  if (arn) return { store: STORE, region: arn.region, account: arn.account, path: arn.resource };
  return { store: STORE, region, path: id.startsWith('alias/') ? id : `key/${id}` };
}

/**
 * Secrets Manager and Parameter Store use KMS for each secret they give out: such a call repeats the secret's own and is
 * linked to it by the ARN in its encryption context. A context is the caller's to choose, so one that a client sent
 * itself is flagged, and never passes for an echo of Secrets Manager.
 */
function echoOf(call: AwsCall): Pick<AwsMeaning, 'derivedFrom' | 'flags'> {
  const context = recordAt(call.parameters, 'encryptionContext');
  const secret = textAt(context, 'SecretARN');
  const parameter = textAt(context, 'PARAMETER_ARN');
  const flags = isByService(call.record) ? {} : { flags: ['encryption_context_of_client'] };
  if (secret) {
    const version = codeAt(context, 'SecretVersionId');
    const derivedFrom = { ...asWritten(secret, call.region), ...(version && { version }), arn: secret };
    return flags.flags ? flags : { derivedFrom };
  }
  return parameter ? { derivedFrom: { ...parameterByName(parameter, call.region), arn: parameter }, ...flags } : {};
}

function isByService(record: JsonRecord): boolean {
  const invokedBy = textAt(recordAt(record, 'userIdentity'), 'invokedBy');
  const address = textAt(record, 'sourceIPAddress');
  return [invokedBy, address].some((name) => name?.endsWith('.amazonaws.com') === true || name === 'AWS Internal');
}
