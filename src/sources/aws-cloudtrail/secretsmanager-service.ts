import type { RecordableAction } from '../../domain/action.js';
import type { JsonObject } from '../../domain/canonical-json.js';
import { asArray, codeAt, countAt, truthAt } from '../json-record.js';
import { present } from '../present.js';
import type { AwsCall, AwsMeaning, AwsService } from './aws-call.js';
import { secretsOf } from './secretsmanager-secrets.js';

const ACTIONS: ReadonlyMap<string, RecordableAction> = new Map([
  ['GetSecretValue', 'secret.read'],
  ['BatchGetSecretValue', 'secret.read'],
  ['ListSecrets', 'secret.list'],
  ['ListSecretVersionIds', 'secret.list'],
  ['DescribeSecret', 'secret.describe'],
  ['GetResourcePolicy', 'secret.describe'],
  ['CreateSecret', 'secret.create'],
  ['PutSecretValue', 'secret.update'],
  ['UpdateSecret', 'secret.update'],
  // One record cannot prove that the version it moves a label to is the older one, so it is no rollback.
  ['UpdateSecretVersionStage', 'secret.update'],
  ['TagResource', 'secret.update'],
  ['UntagResource', 'secret.update'],
  ['CancelRotateSecret', 'secret.update'],
  ['RemoveRegionsFromReplication', 'secret.update'],
  ['StopReplicationToReplica', 'secret.update'],
  ['ReplicateSecretToRegions', 'secret.copy'],
  ['ReplicationStarted', 'secret.copy'],
  ['ReplicationSucceeded', 'secret.copy'],
  ['ReplicationFailed', 'secret.copy'],
  ['DeleteSecret', 'secret.delete'],
  ['RestoreSecret', 'secret.restore'],
  ['CancelSecretVersionDelete', 'secret.restore'],
  ['StartSecretVersionDelete', 'secret.destroy'],
  ['EndSecretVersionDelete', 'secret.destroy'],
  ['RotateSecret', 'secret.rotate'],
  ['RotationStarted', 'secret.rotate'],
  ['RotationSucceeded', 'secret.rotate'],
  ['RotationFailed', 'secret.rotate'],
  ['RotationAbandoned', 'secret.rotate'],
  ['PutResourcePolicy', 'secret.policy_change'],
  ['DeleteResourcePolicy', 'secret.policy_change'],
]);

/** How a service event ended, which only its name tells. A start proves no end. */
const STAGES: ReadonlyMap<string, Pick<AwsMeaning, 'outcome' | 'reason'> & { readonly stage: string }> = new Map([
  ['RotationStarted', { stage: 'started', outcome: 'unknown' }],
  ['RotationSucceeded', { stage: 'succeeded', outcome: 'success' }],
  ['RotationFailed', { stage: 'failed', outcome: 'failure', reason: 'error' }],
  ['RotationAbandoned', { stage: 'abandoned', outcome: 'failure', reason: 'conflict' }],
  ['TestRotationStarted', { stage: 'started', outcome: 'unknown' }],
  ['TestRotationSucceeded', { stage: 'succeeded', outcome: 'success' }],
  ['TestRotationFailed', { stage: 'failed', outcome: 'failure', reason: 'error' }],
  ['ReplicationStarted', { stage: 'started', outcome: 'unknown' }],
  ['ReplicationSucceeded', { stage: 'succeeded', outcome: 'success' }],
  ['ReplicationFailed', { stage: 'failed', outcome: 'failure', reason: 'error' }],
  ['StartSecretVersionDelete', { stage: 'started' }],
  ['EndSecretVersionDelete', { stage: 'succeeded' }],
  ['RotateSecret', { stage: 'requested' }],
  ['ReplicateSecretToRegions', { stage: 'requested' }],
]);

/**
 * AWS Secrets Manager. Events: docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export const SECRETS_MANAGER: AwsService = {
  parameters: new Set([
    'secretId',
    'secretIdList',
    'name',
    'versionId',
    'versionStage',
    'moveToVersionId',
    'removeFromVersionId',
    'forceDeleteWithoutRecovery',
    'recoveryWindowInDays',
    'rotateImmediately',
    'filters',
  ]),
  response: new Set(['arn', 'aRN', 'ARN', 'name', 'versionId']),
  understand: (call) => {
    const stage = STAGES.get(call.eventName);
    return {
      action: actionOf(call),
      secrets: secretsOf(call),
      ...present({
        outcome: stage?.outcome,
        reason: stage?.reason,
        origin: call.isServiceEvent ? ('automatic' as const) : undefined,
        details: detailsOf(call, stage?.stage),
      }),
    };
  },
};

function actionOf({ eventName, parameters }: AwsCall): RecordableAction {
  if (eventName === 'DeleteSecret' && truthAt(parameters, 'forceDeleteWithoutRecovery') === true) {
    return 'secret.destroy';
  }
  return ACTIONS.get(eventName) ?? 'other';
}

function detailsOf({ eventName, parameters }: AwsCall, stage: string | undefined): JsonObject | undefined {
  const isScheduled = stage === 'requested' && truthAt(parameters, 'rotateImmediately') === false;
  // A batch read by filter names no secret; that it had filters is all that may be told of it.
  const filters = eventName === 'BatchGetSecretValue' ? asArray(parameters?.['filters']).length : 0;
  const details = present({
    stage: isScheduled ? 'scheduled' : stage,
    versionStage: codeAt(parameters, 'versionStage'),
    recoveryDays: countAt(parameters, 'recoveryWindowInDays'),
    filters: filters || undefined,
  });
  return Object.keys(details).length > 0 ? details : undefined;
}
