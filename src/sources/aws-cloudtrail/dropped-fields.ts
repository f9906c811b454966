import type { DropCounter } from '../drop-counter.js';
import { recordAt } from '../json-record.js';
import type { AwsCall, AwsService } from './aws-call.js';

/** Read here, or facts about the record itself and its transport that hold nothing of a caller's. */
const RECORD = new Set(
  (
    'eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode requestParameters responseElements ' +
    'additionalEventData serviceEventDetails resources requestID eventID eventType recipientAccountId sharedEventID ' +
    'userIdentity eventVersion readOnly managementEvent eventCategory tlsDetails'
  ).split(' '),
);
const RECORD_RULES = new Map([['errorMessage', 'errorMessage']]);
const IDENTITY = new Set(
  (
    'type arn principalId accountId accessKeyId userName sessionContext invokedBy onBehalfOf credentialId ' +
    'sourceIdentity identityProvider'
  ).split(' '),
);
const SESSION = new Set(['sessionIssuer', 'attributes', 'sourceIdentity', 'webIdFederationData', 'ec2RoleDelivery']);
const EVENT_DATA = new Set(['SecretId', 'ARN', 'arn']);
const EVENT_DETAILS = new Set(['secretId', 'SecretId', 'arn', 'keyId', 'rotationType', 'ConsoleLogin']);
const ENCRYPTION_CONTEXT = new Set(['SecretARN', 'SecretVersionId', 'PARAMETER_ARN']);

const ruled = (parent: string, names: string): ReadonlyMap<string, string> =>
  new Map(names.split(' ').map((name) => [name, `${parent}.${name}`]));

/** Where AWS documents a value, a credential or free text of the caller's: each under a rule of its own. */
const PARAMETER_RULES = ruled(
  'requestParameters',
  'secretString secretBinary value parameters userData description tags resourcePolicy policy nextToken ' +
    'clientRequestToken plaintext ciphertextBlob message grantTokens',
);
const RESPONSE_RULES = ruled('responseElements', 'credentials secretString secretBinary secretValues parameters');

/** Counts what the map of this call drops. */
export function countDropped(call: AwsCall, service: AwsService, drops: DropCounter): void {
  const { record, parameters, response } = call;
  const identity = recordAt(record, 'userIdentity');
  drops.dropRest(record, RECORD, '*', RECORD_RULES);
  drops.dropRest(identity, IDENTITY, 'userIdentity.*');
  drops.dropRest(recordAt(identity, 'sessionContext'), SESSION, 'userIdentity.sessionContext.*');
  drops.dropRest(parameters, service.parameters, 'requestParameters.*', PARAMETER_RULES);
  drops.dropRest(response, service.response, 'responseElements.*', RESPONSE_RULES);
  drops.dropRest(recordAt(record, 'additionalEventData'), EVENT_DATA, 'additionalEventData.*');
  drops.dropRest(recordAt(record, 'serviceEventDetails'), EVENT_DETAILS, 'serviceEventDetails.*');
  const context = recordAt(parameters, 'encryptionContext');
  drops.dropRest(context, ENCRYPTION_CONTEXT, 'requestParameters.encryptionContext.*');
}
