import { asArray, asRecord, codeAt, recordAt, textAt, type JsonRecord } from '../json-record.js';
import { parseArn } from './aws-arn.js';
import type { AwsCall, AwsSecret } from './aws-call.js';
import { textList } from './text-list.js';

export const STORE = 'aws-secretsmanager';
const PREFIX = 'secret:';
const SUFFIX = /-[A-Za-z0-9]{6}$/;
const BATCH = 'BatchGetSecretValue';

/**
 * The secrets of a call, one for each that it names. A name that the record proves (a response's `name`, a full ARN of a
 * response or of a service event without its six-character suffix) is the path; anything else stays as the caller wrote
 * it, since a partial ARN of `db-backup` can't be told from a full one of `db`.
 */
export function secretsOf(call: AwsCall): readonly AwsSecret[] {
  const valueReturned = returnedBy(call);
  const listed = textList(call.parameters?.['secretIdList']);
  if (listed.length > 0) return listed.map((id) => ({ ...asWritten(id, call.region), ...valueReturned }));
  const named = provenSecret(call) ?? requestedSecret(call);
  return named ? [{ ...named, ...versionsOf(call), ...valueReturned }] : [];
}

/** A batch succeeds even where some of its secrets were refused, and the record does not tell which. */
function returnedBy({ eventName, failed }: AwsCall): Pick<AwsSecret, 'valueReturned'> {
  if (eventName === BATCH) return failed ? { valueReturned: false } : {};
  return eventName === 'GetSecretValue' ? { valueReturned: !failed } : {};
}

/** A secret by the ARN or name that a request, or a KMS encryption context, holds: never stripped of a suffix. */
export function asWritten(id: string, region: string): AwsSecret {
  const arn = parseArn(id);
  if (!arn?.resource.startsWith(PREFIX)) return { store: STORE, region, path: id };
  return { store: STORE, region: arn.region, account: arn.account, path: arn.resource.slice(PREFIX.length) };
}

function provenSecret(call: AwsCall): AwsSecret | undefined {
  const name = textAt(call.response, 'name');
  const arn = responseArn(call.response) ?? (call.isServiceEvent ? serviceEventSecret(call.record) : undefined);
  if (arn === undefined) return name === undefined ? undefined : named(name, requestedSecret(call), call.region);
  const full = asWritten(arn, call.region);
  const path = name ?? (full.account === undefined ? full.path : full.path.replace(SUFFIX, ''));
  return named(path, full, call.region);
}

/**
 * The secret under its name; what its ARN calls it is kept as an alias. Only where it can be the ARN of that name: a record
 * that says so of two other names would make two secrets one.
 */
function named(path: string, asGiven: AwsSecret | undefined, region: string): AwsSecret {
  if (!asGiven) return { store: STORE, region, path };
  const isAlias = asGiven.account !== undefined && asGiven.path !== path && asGiven.path.replace(SUFFIX, '') === path;
  return { ...asGiven, path, ...(isAlias && { alias: asGiven.path }) };
}

function requestedSecret(call: AwsCall): AwsSecret | undefined {
  const id =
    textAt(call.parameters, 'secretId') ??
    (call.eventName === 'CreateSecret' ? textAt(call.parameters, 'name') : undefined) ??
    serviceEventSecret(call.record) ??
    resourceArn(call.record);
  return id === undefined ? undefined : asWritten(id, call.region);
}

/** `aRN` until February 2024, `arn` since. */
function responseArn(response: JsonRecord | undefined): string | undefined {
  return textAt(response, 'arn') ?? textAt(response, 'aRN') ?? textAt(response, 'ARN');
}

/** RotationSucceeded has been seen with the id in each of these places. */
function serviceEventSecret(record: JsonRecord): string | undefined {
  const data = recordAt(record, 'additionalEventData');
  const details = recordAt(record, 'serviceEventDetails');
  return (
    textAt(data, 'SecretId') ??
    textAt(data, 'ARN') ??
    textAt(data, 'arn') ??
    textAt(details, 'secretId') ??
    textAt(details, 'SecretId') ??
    textAt(details, 'arn')
  );
}

function resourceArn(record: JsonRecord): string | undefined {
  for (const resource of asArray(record['resources'])) {
    const fields = asRecord(resource);
    const arn = textAt(fields, 'ARN') ?? textAt(fields, 'arn');
    if (arn && parseArn(arn)?.service === 'secretsmanager') return arn;
  }
  return undefined;
}

function versionsOf({ parameters, response }: AwsCall): Pick<AwsSecret, 'version' | 'previousVersion'> {
  const version =
    codeAt(response, 'versionId') ?? codeAt(parameters, 'moveToVersionId') ?? codeAt(parameters, 'versionId');
  const previousVersion = codeAt(parameters, 'removeFromVersionId');
  return { ...(version && { version }), ...(previousVersion && { previousVersion }) };
}
