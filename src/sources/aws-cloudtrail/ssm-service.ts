import type { RecordableAction } from '../../domain/action.js';
import { asArray, asRecord, countAt, textAt, truthAt, type JsonRecord } from '../json-record.js';
import { parseArn } from './aws-arn.js';
import type { AwsCall, AwsSecret, AwsService } from './aws-call.js';
import { textList } from './text-list.js';

const STORE = 'aws-ssm';
const PREFIX = 'parameter/';

const ACTIONS: ReadonlyMap<string, RecordableAction> = new Map([
  ['GetParameter', 'secret.read'],
  ['GetParameters', 'secret.read'],
  ['GetParametersByPath', 'secret.read'],
  ['GetParameterHistory', 'secret.read'],
  ['DescribeParameters', 'secret.list'],
  ['PutParameter', 'secret.update'],
  ['LabelParameterVersion', 'secret.update'],
  ['UnlabelParameterVersion', 'secret.update'],
  ['DeleteParameter', 'secret.delete'],
  ['DeleteParameters', 'secret.delete'],
]);

/** Calls that Parameter Store shares with the rest of Systems Manager: in scope when they name a parameter. */
const SHARED_ACTIONS: ReadonlyMap<string, RecordableAction> = new Map([
  ['PutResourcePolicy', 'secret.policy_change'],
  ['DeleteResourcePolicy', 'secret.policy_change'],
  ['GetResourcePolicies', 'secret.describe'],
  ['AddTagsToResource', 'secret.update'],
  ['RemoveTagsFromResource', 'secret.update'],
  ['ListTagsForResource', 'secret.describe'],
]);

/** SSM Parameter Store. The rest of Systems Manager has nothing to do with secrets. */
export const PARAMETER_STORE: AwsService = {
  parameters: new Set([
    'name',
    'names',
    'path',
    'withDecryption',
    'parameterVersion',
    'resourceArn',
    'resourceType',
    'resourceId',
  ]),
  response: new Set(['version']),
  understand: (call) => {
    const action = actionOf(call);
    if (!action) return undefined;
    return { action, secrets: parametersOf(call, action) };
  },
};

function actionOf(call: AwsCall): RecordableAction | undefined {
  const { eventName } = call;
  if (eventName === 'PutParameter' && countAt(call.response, 'version') === 1) return 'secret.create';
  const known = ACTIONS.get(eventName);
  if (known) return known;
  if (SHARED_ACTIONS.has(eventName))
    return sharedParameter(call.parameters) ? SHARED_ACTIONS.get(eventName) : undefined;
  return eventName.includes('Parameter') ? 'other' : undefined;
}

function parametersOf(call: AwsCall, action: RecordableAction): readonly AwsSecret[] {
  const names = namesOf(call);
  const version = countAt(call.response, 'version') ?? countAt(call.parameters, 'parameterVersion');
  const valueReturned = !call.failed && truthAt(call.parameters, 'withDecryption') === true;
  return names.map((name) => ({
    ...parameterByName(name, call.region),
    ...(version !== undefined && { version: String(version) }),
    ...(call.eventName === 'GetParametersByPath' && { reach: 'collection' as const }),
    ...(action === 'secret.read' && { valueReturned }),
  }));
}

/** A throttled call names nothing at all; then the secret is unknown. */
function namesOf({ parameters, record }: AwsCall): readonly string[] {
  const many = textList(parameters?.['names']);
  if (many.length > 0) return many;
  const one = textAt(parameters, 'name') ?? textAt(parameters, 'path') ?? sharedParameter(parameters);
  return one === undefined ? resourceParameters(record) : [one];
}

function sharedParameter(parameters: JsonRecord | undefined): string | undefined {
  const arn = textAt(parameters, 'resourceArn');
  if (arn) return parseArn(arn)?.resource.startsWith(PREFIX) ? arn : undefined;
  return parameters?.['resourceType'] === 'Parameter' ? textAt(parameters, 'resourceId') : undefined;
}

function resourceParameters(record: JsonRecord): readonly string[] {
  return asArray(record['resources']).flatMap((resource) => {
    const fields = asRecord(resource);
    const arn = textAt(fields, 'ARN') ?? textAt(fields, 'arn');
    return arn && parseArn(arn)?.resource.startsWith(PREFIX) ? [arn] : [];
  });
}

const SELECTOR = /^([^:]+):([^:]+)$/;

/**
 * A parameter by name, `name:version`, `name:label` or ARN. `/a` and `a` are one parameter (both have the ARN
 * `parameter/a`), so a path has its slash in front only where there is a hierarchy.
 */
export function parameterByName(name: string, region: string): AwsSecret {
  const arn = parseArn(name);
  const isParameter = arn?.resource.startsWith(PREFIX) === true;
  const written = isParameter ? arn.resource.slice(PREFIX.length) : name;
  const selector = SELECTOR.exec(written);
  return {
    store: STORE,
    region: isParameter ? arn.region : region,
    ...(isParameter && { account: arn.account }),
    path: canonicalName(selector?.[1] ?? written),
    ...(selector?.[2] && { version: selector[2] }),
  };
}

function canonicalName(name: string): string {
  // The root of all hierarchies, read by path: every parameter there is.
  if (name === '/') return name;
  const bare = name.startsWith('/') ? name.slice(1) : name;
  return bare.includes('/') ? `/${bare}` : bare;
}
