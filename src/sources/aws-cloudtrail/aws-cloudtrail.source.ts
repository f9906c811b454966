import type { JsonObject } from '../../domain/canonical-json.js';
import type { Correlation, MarkedText, SourcedEvent, SourcedSecret } from '../../domain/sourced-event.js';
import { DropCounter } from '../drop-counter.js';
import { environmentRules, type EnvironmentOf } from '../environment-rules.js';
import { markPeople, namedPerson, PeopleList, withoutPeople } from '../event-parts.js';
import { writtenTime } from '../event-time.js';
import { asRecord, codeAt, isAbsent, recordAt, textAt, type JsonRecord } from '../json-record.js';
import { PathPattern } from '../path-pattern.js';
import { present } from '../present.js';
import { mappingOf } from '../mapping-of.js';
import { rejectField } from '../reject-field.js';
import { Source, type Understood } from '../source.port.js';
import { SIGN_IN, STS } from './access-services.js';
import { awsActor, awsAuthentication, type AwsActor } from './aws-actor.js';
import type { AwsCall, AwsMeaning, AwsSecret, AwsService } from './aws-call.js';
import { AWS_CLOUDTRAIL_DEFAULTS, type AwsCloudtrailConfig, type AwsScope } from './aws-cloudtrail.config.js';
import { awsReason } from './aws-errors.js';
import { countDropped } from './dropped-fields.js';
import { KMS } from './kms-service.js';
import { SECRETS_MANAGER } from './secretsmanager-service.js';
import { PARAMETER_STORE } from './ssm-service.js';
import { isControlMessage, unwrapCloudtrail } from './unwrap-cloudtrail.js';

/** Raised by every change of this map that would change an entry. */
const BUILT_IN_MAPPING = 1;

const SERVICES: Readonly<Record<AwsScope, AwsService>> = {
  secretsmanager: SECRETS_MANAGER,
  ssm: PARAMETER_STORE,
  kms: KMS,
  sts: STS,
  signin: SIGN_IN,
};

/**
 * AWS CloudTrail: Secrets Manager, SSM Parameter Store and KMS.
 * Record: docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export class AwsCloudtrailSource extends Source {
  override readonly kind = 'aws-cloudtrail';
  override readonly mapping: number;
  override readonly title = 'AWS CloudTrail: Secrets Manager, SSM Parameter Store, KMS';
  readonly #services: ReadonlyMap<string, AwsService>;
  readonly #peoplePaths: readonly PathPattern[];
  readonly #peopleRoles: readonly PathPattern[];
  readonly #environmentOf: EnvironmentOf;

  constructor(config: AwsCloudtrailConfig = AWS_CLOUDTRAIL_DEFAULTS) {
    super();
    this.mapping = mappingOf(BUILT_IN_MAPPING, config.mapping);
    this.#services = new Map(config.scope.map((scope) => [`${scope}.amazonaws.com`, SERVICES[scope]]));
    this.#peoplePaths = config.people.paths.map((path) => new PathPattern(path));
    this.#peopleRoles = config.people.roles.map((role) => new PathPattern(role));
    this.#environmentOf = environmentRules(config.environments);
  }

  override unwrap(value: unknown): readonly unknown[] {
    return unwrapCloudtrail(value);
  }

  override understand(value: unknown): Understood {
    const record = asRecord(value);
    if (!record) return { kind: 'rejected', reason: 'not_an_object' };
    if (isControlMessage(record)) return { kind: 'ignored', reason: 'control_message' };
    if (record['eventCategory'] === 'Insight') return { kind: 'ignored', reason: 'insight' };
    const eventSource = textAt(record, 'eventSource');
    const eventName = codeAt(record, 'eventName');
    if (!eventSource) return rejectField('eventSource', record['eventSource']);
    if (!eventName) return rejectField('eventName', record['eventName']);
    const service = this.#services.get(eventSource);
    if (!service) return { kind: 'ignored', reason: 'service_not_in_scope' };
    const call = callOf(record, eventName);
    const meaning = service.understand(call);
    if (!meaning) return { kind: 'ignored', reason: 'not_about_secrets' };
    return { kind: 'events', events: [this.#event(call, meaning, service)] };
  }

  #event(call: AwsCall, meaning: AwsMeaning, service: AwsService): SourcedEvent {
    const { record } = call;
    const identity = recordAt(record, 'userIdentity');
    const actor = awsActor(identity, this.#peopleRoles);
    const result = resultOf(record, meaning);
    const authenticated = result.reason !== 'unauthenticated';
    const people = new PeopleList();
    const person = actor.person && people.add({ ...actor.person, kind: actor.kind, authenticated });
    const mark = (path: string): MarkedText =>
      markPeople(path, this.#peoplePaths, (name) => people.add(namedPerson(name, name, authenticated)));
    const instance = codeAt(record, 'recipientAccountId');
    const secrets = meaning.secrets.map((secret) => sourcedSecret(secret, instance, mark));
    const [first] = meaning.secrets;
    const drops = new DropCounter();
    countDropped(call, service, drops);
    return {
      action: meaning.action,
      ...result,
      nativeAction: call.eventName,
      actor: actorOf(actor, person, identity),
      people: people.list,
      client: clientOf(record, identity, actor),
      secrets,
      redactions: drops.list(),
      flags: meaning.flags ?? [],
      ...idsOf(record, instance),
      ...present({
        environment: this.#environmentOf({ instance, scope: first?.region ?? call.region, path: first?.path }),
        origin: meaning.origin,
        correlation: correlationOf(record, meaning, mark),
        details: detailsOf(meaning, invokerOf(identity, actor)),
      }),
    };
  }
}

function callOf(record: JsonRecord, eventName: string): AwsCall {
  return {
    record,
    eventName,
    region: codeAt(record, 'awsRegion') ?? '',
    parameters: recordAt(record, 'requestParameters'),
    response: recordAt(record, 'responseElements'),
    failed: !isAbsent(record['errorCode']),
    isServiceEvent: record['eventType'] === 'AwsServiceEvent',
  };
}

/** `errorCode` present is a failure; where only the event's name tells how it ended, the service's map has said so. */
function resultOf(record: JsonRecord, meaning: AwsMeaning): Pick<SourcedEvent, 'outcome' | 'reason'> {
  const errorCode = record['errorCode'];
  if (!isAbsent(errorCode)) {
    return { outcome: 'failure', reason: typeof errorCode === 'string' ? awsReason(errorCode) : 'error' };
  }
  return { outcome: meaning.outcome ?? 'success', ...(meaning.reason && { reason: meaning.reason }) };
}

function idsOf(
  record: JsonRecord,
  instance: string | undefined,
): Pick<SourcedEvent, 'occurredAt' | 'instance' | 'key' | 'nativeId'> {
  const eventId = codeAt(record, 'eventID');
  return present({ occurredAt: writtenTime(record['eventTime']), instance, key: eventId, nativeId: eventId });
}

function sourcedSecret(
  { store, region, account, path, alias, ...rest }: AwsSecret,
  instance: string | undefined,
  mark: (path: string) => MarkedText,
): SourcedSecret {
  const owner = account === instance ? undefined : account;
  // Who may record events of one account must not say how secrets of another one are called.
  const aliasPath = alias === undefined || owner !== undefined ? undefined : mark(alias);
  return { ...rest, store, scope: region, path: mark(path), ...present({ instance: owner, alias: aliasPath }) };
}

function actorOf(actor: AwsActor, person: number | undefined, identity: JsonRecord | undefined): SourcedEvent['actor'] {
  return {
    kind: actor.kind,
    ...present({ person, roles: actor.roles, authentication: awsAuthentication(identity) }),
  };
}

function clientOf(record: JsonRecord, identity: JsonRecord | undefined, actor: AwsActor): SourcedEvent['client'] {
  return present({
    credentialId: textAt(identity, 'accessKeyId') ?? textAt(identity, 'credentialId'),
    sessionName: actor.sessionName,
    address: textAt(record, 'sourceIPAddress'),
    userAgent: textAt(record, 'userAgent'),
  });
}

/** A service that acted for the actor: forward access sessions, such as KMS behind Secrets Manager. */
function invokerOf(identity: JsonRecord | undefined, actor: AwsActor): string | undefined {
  const invokedBy = textAt(identity, 'invokedBy');
  const isService = invokedBy === 'AWS Internal' || /^[\w.-]{1,128}\.amazonaws\.com$/.test(invokedBy ?? '');
  return isService && invokedBy !== actor.person?.nativeId ? invokedBy : undefined;
}

function correlationOf(
  record: JsonRecord,
  { derivedFrom, secrets }: AwsMeaning,
  mark: (path: string) => MarkedText,
): Correlation | undefined {
  const named = derivedFrom ? [derivedFrom] : secrets;
  // A rotation's request id holds its secret's ARN, and with it a name that a pattern may mark as a person's.
  const unnamed = (text: string | undefined): string | undefined =>
    text && named.reduce((shown, { path }) => shown.replaceAll(path, () => withoutPeople(mark(path))), text);
  const derived = unnamed(derivedFrom?.arn);
  const correlation = present({
    requestId: unnamed(codeAt(record, 'requestID')),
    traceId: codeAt(record, 'sharedEventID'),
    derivedFrom: derived === undefined ? undefined : [derived],
  });
  return Object.keys(correlation).length > 0 ? correlation : undefined;
}

function detailsOf({ details }: AwsMeaning, invokedBy: string | undefined): JsonObject | undefined {
  return invokedBy === undefined ? details : { ...details, invokedBy };
}
