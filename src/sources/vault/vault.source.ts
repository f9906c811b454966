import { exchangeKey } from '../../domain/event-id.js';
import type { MarkedText, Person, SourcedEvent, SourcedSecret } from '../../domain/sourced-event.js';
import { DropCounter } from '../drop-counter.js';
import { environmentRules, type EnvironmentOf } from '../environment-rules.js';
import { markPeople, namedPerson, PeopleList } from '../event-parts.js';
import { writtenTime } from '../event-time.js';
import { asArray, asRecord, codeAt, isAbsent, recordAt, textAt, type JsonRecord } from '../json-record.js';
import { PathPattern } from '../path-pattern.js';
import { present } from '../present.js';
import { mappingOf } from '../mapping-of.js';
import { rejectField } from '../reject-field.js';
import { Source, type Understood } from '../source.port.js';
import { withoutPort } from './client-address.js';
import { countDropped } from './dropped-fields.js';
import { kmipMeaning } from './kmip-exchange.js';
import { isProved, methodKinds, vaultActor, type MethodKinds, type VaultActor } from './vault-actor.js';
import type { NamedSegment, PathSegment, VaultCall, VaultMeaning } from './vault-call.js';
import { vaultMeaning } from './vault-meaning.js';
import { vaultOutcome, type VaultResult } from './vault-outcome.js';
import { sortMounts, vaultCall } from './vault-path.js';
import { credentialHash, isRawDevice } from './vault-tokens.js';
import { vaultValues } from './vault-values.js';
import { VAULT_DEFAULTS, type VaultConfig, type VaultMount } from './vault.config.js';

/** Raised by every change of this map that would change an entry. */
const BUILT_IN_MAPPING = 1;

type Phase = 'request' | 'response';

/** One entry, with what its address means. */
interface Entry {
  readonly record: JsonRecord;
  readonly request: JsonRecord;
  readonly phase: Phase;
  readonly call: VaultCall;
  readonly meaning: VaultMeaning;
  readonly result: VaultResult;
}

/**
 * The audit device of HashiCorp Vault and OpenBao: two entries for a call, joined by the request's id in projections.
 * Entry: developer.hashicorp.com/vault/docs/audit/schema
 */
export class VaultSource extends Source {
  override readonly kind = 'vault';
  override readonly mapping: number;
  override readonly title = 'HashiCorp Vault and OpenBao: audit device';
  override readonly wraps = false;
  readonly #mounts: readonly VaultMount[];
  readonly #methodKinds: MethodKinds;
  readonly #peoplePaths: readonly PathPattern[];
  readonly #environmentOf: EnvironmentOf;

  constructor(config: VaultConfig = VAULT_DEFAULTS) {
    super();
    this.mapping = mappingOf(BUILT_IN_MAPPING, config.mapping);
    this.#mounts = sortMounts(config.mounts);
    this.#methodKinds = methodKinds(config.methods);
    this.#peoplePaths = config.people.paths.map((path) => new PathPattern(path));
    this.#environmentOf = environmentRules(config.environments);
  }

  override unwrap(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? asArray(value) : [value];
  }

  override understand(value: unknown): Understood {
    const record = asRecord(value);
    if (!record) return { kind: 'rejected', reason: 'not_an_object' };
    const type = textAt(record, 'type');
    const request = recordAt(record, 'request');
    if (!type) return rejectField('type', record['type']);
    if (!request) return rejectField('request', record['request']);
    if (type === 'kmip-request' || type === 'kmip-response') return events(this.#kmipEvent(record, request, type));
    const call = vaultCall(request, this.#mounts);
    const meaning = vaultMeaning(call);
    if (!meaning) return { kind: 'ignored', reason: 'health_or_interface' };
    const isKnownType = type === 'request' || type === 'response';
    const phase = type === 'response' ? 'response' : 'request';
    const result = resultOf(record, phase, meaning);
    const event = this.#event({ record, request, phase, call, meaning, result });
    return events(isKnownType ? event : ofUnknownType(event));
  }

  #event(entry: Entry): SourcedEvent {
    const { record, request, phase, call, meaning, result } = entry;
    const auth = authOf(entry);
    const people = new PeopleList();
    const actor = actingIn(vaultActor(auth, this.#methodKinds), people);
    const path = this.#path(meaning, call, markerOf(entry, people, actor, isProved(auth)));
    const failed = phase === 'request' ? undefined : result.outcome === 'failure';
    const { details, flags, ...values } = vaultValues(record, meaning, failed);
    return {
      action: meaning.action,
      ...result,
      nativeAction: call.operation,
      actor,
      people: people.list,
      client: clientOf(auth, request),
      secrets: path.length === 1 && path[0] === '' ? [] : [secretOf(path, call, meaning, values)],
      redactions: dropsOf(record, meaning.credentials),
      flags: [...flagsOf(record, phase), ...flags],
      ...idsOf(record, request, phase),
      ...present({
        environment: this.#environmentOf({ scope: call.namespace, path: plainPath(meaning, call) }),
        details,
      }),
    };
  }

  /** The object's path with its people marked: by the engine's own rules, else by the operator's patterns. */
  #path(meaning: VaultMeaning, call: VaultCall, mark: (segment: NamedSegment) => number): MarkedText {
    const mount = meaning.mount ?? call.mount;
    if (meaning.rest.some((segment) => typeof segment !== 'string')) return joinMarked(mount, meaning.rest, mark);
    return markPeople(plainPath(meaning, call), this.#peoplePaths, (name) =>
      mark({ name, nativeId: name, isActor: false }),
    );
  }

  #kmipEvent(record: JsonRecord, request: JsonRecord, type: string): SourcedEvent {
    const { action, items, ...result } = kmipMeaning(record, type === 'kmip-response');
    const certificate = codeAt(request, 'client_certificate_serial_number');
    const address = textAt(request, 'remote_address');
    const people: Person[] =
      certificate === undefined
        ? []
        : [{ kind: 'workload', nativeId: `certificate:${certificate}`, authenticated: true }];
    return {
      action,
      ...result,
      nativeAction: type,
      actor: { kind: certificate === undefined ? 'unknown' : 'workload', ...(certificate && { person: 0 }) },
      people,
      client: present({ credentialId: certificate, address: address && withoutPort(address) }),
      secrets: [],
      redactions: dropsOf(record),
      flags: [],
      ...present({
        occurredAt: writtenTime(record['time']),
        details: items > 1 ? { items } : undefined,
        environment: this.#environmentOf({ scope: textAt(recordAt(request, 'namespace'), 'path') ?? '' }),
      }),
    };
  }
}

function events(event: SourcedEvent): Understood {
  return { kind: 'events', events: [event] };
}

/** Not one of a request's two entries, so it must not stand for one of them. */
function ofUnknownType({ phase: _phase, key: _key, ...event }: SourcedEvent): SourcedEvent {
  return { ...event, flags: [...event.flags, 'unknown_type'] };
}

/** Only the response decides; a request is an attempt whose end nobody knows yet. */
function resultOf(record: JsonRecord, phase: Phase, meaning: VaultMeaning): VaultResult {
  return phase === 'request' ? { outcome: 'unknown' } : vaultOutcome(record, meaning.action === 'auth.login');
}

/** At a login the token that was sent along, if any, is not who logs in: only the answer's token is. */
function authOf({ record, phase, meaning, result }: Entry): JsonRecord | undefined {
  const auth = recordAt(record, 'auth');
  if (meaning.action !== 'auth.login') return auth;
  const answered = recordAt(recordAt(record, 'response'), 'auth');
  return phase === 'response' && result.outcome === 'success' ? (answered ?? auth) : undefined;
}

/** The actor while it is being found out: a login's name may turn out to be it. */
type Acting = { -readonly [Field in keyof SourcedEvent['actor']]: SourcedEvent['actor'][Field] };

function actingIn({ person, ...actor }: VaultActor, people: PeopleList): Acting {
  return person === undefined
    ? actor
    : { ...actor, person: people.add({ ...person, kind: actor.kind, authenticated: true }) };
}

/**
 * Adds the people whom a path names. Who logs in is the actor: proved by a successful answer, else only claimed. Anyone
 * else is named by the actor, and believed as far as the actor is proved.
 */
function markerOf(
  { meaning, phase, result }: Entry,
  people: PeopleList,
  actor: Acting,
  isActorProved: boolean,
): (segment: NamedSegment) => number {
  const isLoggedIn = phase === 'response' && meaning.action === 'auth.login' && result.outcome === 'success';
  return ({ name, nativeId, isActor }) => {
    if (!isActor) return people.add(namedPerson(name, nativeId, isActorProved));
    if (actor.person === undefined) {
      actor.person = people.add(namedPerson(name, nativeId, isLoggedIn));
      actor.kind = 'user';
    }
    return actor.person;
  };
}

function plainPath(meaning: VaultMeaning, call: VaultCall): string {
  const path = (meaning.mount ?? call.mount) + meaning.rest.map(textOf).join('/');
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

function textOf(segment: PathSegment): string {
  return typeof segment === 'string' ? segment : segment.name;
}

function joinMarked(
  mount: string,
  segments: readonly PathSegment[],
  mark: (segment: NamedSegment) => number,
): MarkedText {
  const marked: (string | { readonly person: number })[] = [mount];
  segments.forEach((segment, index) => {
    const slash = index === 0 ? '' : '/';
    const last = marked.at(-1);
    const text = slash + (typeof segment === 'string' ? segment : '');
    if (typeof last === 'string') marked[marked.length - 1] = last + text;
    else if (text !== '') marked.push(text);
    if (typeof segment !== 'string') marked.push({ person: mark(segment) });
  });
  return marked;
}

function secretOf(
  path: MarkedText,
  call: VaultCall,
  { reach }: VaultMeaning,
  values: Pick<SourcedSecret, 'version' | 'valueReturned'>,
): SourcedSecret {
  return { store: 'vault', scope: call.namespace, path, ...present({ reach }), ...values };
}

function clientOf(auth: JsonRecord | undefined, request: JsonRecord): SourcedEvent['client'] {
  const address = textAt(request, 'remote_address');
  return present({
    credentialId: credentialHash(auth, request),
    address: address && withoutPort(address),
    userAgent: userAgentOf(recordAt(request, 'headers')),
  });
}

/** Only where an operator has Vault log the header; it may be hashed, and then tells nothing. */
function userAgentOf(headers: JsonRecord | undefined): string | undefined {
  const [agent] = asArray(headers?.['user-agent'] ?? headers?.['User-Agent']);
  return typeof agent === 'string' && agent !== '' && !agent.startsWith('hmac-sha256:') ? agent : undefined;
}

function dropsOf(record: JsonRecord, credentialsInPath = 0): SourcedEvent['redactions'] {
  const drops = new DropCounter();
  countDropped(record, drops);
  drops.add('request.path', credentialsInPath);
  return drops.list();
}

function flagsOf(record: JsonRecord, phase: Phase): readonly string[] {
  const flags = isRawDevice(record) ? ['raw_audit_device'] : [];
  return phase === 'request' && !isAbsent(record['error']) ? [...flags, 'request_error'] : flags;
}

/** Without a request's id (`help`) there is nothing to join by, and no key: then the record itself tells it apart. */
function idsOf(
  record: JsonRecord,
  request: JsonRecord,
  phase: Phase,
): Pick<SourcedEvent, 'occurredAt' | 'phase' | 'key' | 'nativeId' | 'correlation'> {
  const occurredAt = writtenTime(record['time']);
  const id = codeAt(request, 'id');
  if (id === undefined) return present({ occurredAt });
  return {
    ...present({ occurredAt }),
    phase,
    nativeId: id,
    key: exchangeKey(id, phase),
    correlation: { requestId: id },
  };
}
