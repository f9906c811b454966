import { canonicalJson, type JsonObject, type JsonValue } from '../../domain/canonical-json.js';
import type {
  Correlation,
  MarkedText,
  Person,
  Redaction,
  SourcedActor,
  SourcedClient,
  SourcedEvent,
  SourcedSecret,
} from '../../domain/sourced-event.js';
import { DETAILS_LIMIT, KEPT_FIELDS, LIST_LIMITS } from './kept-fields.js';
import type { TextKeeper } from './text-keeper.js';

/**
 * What is kept of an event: every text searched and cut, every field copied by name, so that nothing a source leaves in
 * by mistake comes through. What was changed is in `flags` and `redactions`.
 */
export function keepEvent(event: SourcedEvent, keeper: TextKeeper): SourcedEvent {
  const kept = {
    action: event.action,
    outcome: event.outcome,
    ...(event.reason && { reason: event.reason }),
    ...(event.occurredAt !== undefined && { occurredAt: event.occurredAt }),
    ...(event.phase && { phase: event.phase }),
    ...(event.key !== undefined && { key: event.key }),
    ...keeper.keepAs('nativeId', event.nativeId, KEPT_FIELDS.nativeId),
    ...keeper.keepAs('nativeAction', event.nativeAction, KEPT_FIELDS.nativeAction),
    actor: keepActor(event.actor, keeper),
    people: event.people.map((person) => keepPerson(person, keeper)),
    client: keepClient(event.client, keeper),
    secrets: event.secrets.map((secret) => keepSecret(secret, keeper)),
    ...keeper.keepAs('purpose', event.purpose, KEPT_FIELDS.purpose),
    ...(event.origin && { origin: event.origin }),
    ...(event.correlation && { correlation: keepCorrelation(event.correlation, keeper) }),
    ...(event.details && keepDetails(event.details, keeper)),
  };
  const flags = event.flags.map((flag) => keeper.keep(flag, KEPT_FIELDS.flag));
  return {
    ...kept,
    redactions: mergeRedactions(event.redactions, keeper.redactions),
    flags: [...flags, ...keeper.flags],
  };
}

function keepActor(actor: SourcedActor, keeper: TextKeeper): SourcedActor {
  const { kind, person, onBehalfOf, roles, authentication } = actor;
  return {
    kind,
    ...(person !== undefined && { person }),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(roles && { roles: keeper.keepList(roles, KEPT_FIELDS.role, LIST_LIMITS.roles) }),
    ...(authentication && {
      authentication: {
        ...keeper.keepAs('method', authentication.method, KEPT_FIELDS.authentication),
        ...keeper.keepAs('assurance', authentication.assurance, KEPT_FIELDS.authentication),
      },
    }),
  };
}

function keepPerson({ kind, nativeId, name, email, authenticated }: Person, keeper: TextKeeper): Person {
  return {
    kind,
    nativeId: keeper.keep(nativeId, KEPT_FIELDS.personNativeId),
    ...keeper.keepAs('name', name, KEPT_FIELDS.personName),
    ...keeper.keepAs('email', email, KEPT_FIELDS.personEmail),
    authenticated,
  };
}

function keepClient(client: SourcedClient, keeper: TextKeeper): SourcedClient {
  return {
    ...keeper.keepAs('credentialId', client.credentialId, KEPT_FIELDS.credentialId),
    ...keeper.keepAs('sessionName', client.sessionName, KEPT_FIELDS.sessionName),
    ...keeper.keepAs('address', client.address, KEPT_FIELDS.address),
    ...keeper.keepAs('userAgent', client.userAgent, KEPT_FIELDS.userAgent),
    ...keeper.keepAs('text', client.text, KEPT_FIELDS.text),
  };
}

function keepSecret(secret: SourcedSecret, keeper: TextKeeper): SourcedSecret {
  return {
    store: keeper.keep(secret.store, KEPT_FIELDS.secretStore),
    scope: keeper.keep(secret.scope, KEPT_FIELDS.secretScope),
    path: keepPath(secret.path, keeper),
    ...(secret.instance !== undefined && { instance: keeper.keep(secret.instance, KEPT_FIELDS.secretScope) }),
    ...(secret.alias && { alias: keepPath(secret.alias, keeper) }),
    ...keeper.keepAs('version', secret.version, KEPT_FIELDS.secretVersion),
    ...keeper.keepAs('previousVersion', secret.previousVersion, KEPT_FIELDS.secretVersion),
    ...(secret.reach && { reach: secret.reach }),
    ...(secret.valueReturned !== undefined && { valueReturned: secret.valueReturned }),
  };
}

function keepPath(path: MarkedText, keeper: TextKeeper): MarkedText {
  return path.map((piece) => (typeof piece === 'string' ? keeper.keep(piece, KEPT_FIELDS.secretPath) : piece));
}

function keepCorrelation(correlation: Correlation, keeper: TextKeeper): Correlation {
  const { requestId, sessionId, traceId, changeId, derivedFrom } = correlation;
  const list = derivedFrom && keeper.keepList(derivedFrom, KEPT_FIELDS.derivedFrom, LIST_LIMITS.derivedFrom);
  return {
    ...keeper.keepAs('requestId', requestId, KEPT_FIELDS.correlation),
    ...keeper.keepAs('sessionId', sessionId, KEPT_FIELDS.correlation),
    ...keeper.keepAs('traceId', traceId, KEPT_FIELDS.correlation),
    ...keeper.keepAs('changeId', changeId, KEPT_FIELDS.correlation),
    ...(list && { derivedFrom: list }),
  };
}

function keepDetails(details: JsonObject, keeper: TextKeeper): { readonly details?: JsonObject } {
  const kept = keepValue(details, keeper) as JsonObject;
  if (Buffer.byteLength(canonicalJson(kept)) <= DETAILS_LIMIT) return { details: kept };
  keeper.flags.add(KEPT_FIELDS.details.cutFlag);
  return {};
}

function keepValue(value: JsonValue, keeper: TextKeeper): JsonValue {
  if (typeof value === 'string') return keeper.keep(value, KEPT_FIELDS.details);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => keepValue(item, keeper));
  const members = Object.entries(value).map(([key, member]) => [
    keeper.keep(key, KEPT_FIELDS.details),
    keepValue(member, keeper),
  ]);
  return Object.fromEntries(members) as JsonObject;
}

function mergeRedactions(fromSource: readonly Redaction[], fromTexts: readonly Redaction[]): readonly Redaction[] {
  return [...fromSource, ...fromTexts].slice(0, LIST_LIMITS.redactions).map(({ path, count }) => ({ path, count }));
}
