import type { Outcome, Reason } from '../../domain/outcome.js';
import { ACTOR_KINDS, type ActorKind, type SourcedEvent } from '../../domain/sourced-event.js';
import { DropCounter } from '../drop-counter.js';
import { emailOf, PeopleList } from '../event-parts.js';
import { asArray, asRecord, type JsonRecord } from '../json-record.js';
import { present } from '../present.js';
import { Source, type Understood } from '../source.port.js';
import { ActionRules } from './action-rules.js';
import { eventMoment } from './event-moment.js';
import { FieldReader, wordOf } from './field-reader.js';
import { GENERIC_FIELDS, type ActionRule, type GenericField, type GenericFormat } from './generic-format.js';
import { KeptFields } from './kept-fields.js';
import { USERS_FORMAT } from './users-format.js';
import { WordTable } from './word-table.js';

type Read = (field: GenericField) => string | undefined;

const KINDS: ReadonlySet<string> = new Set(ACTOR_KINDS);
const ENVIRONMENT = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u;
const CODE = /^[\w.:/@+=-]{1,256}$/;

/** JSON events of one form, the users' own or one that an operator has described: a mapping as data. */
export class GenericJsonSource extends Source {
  override readonly kind: string;
  override readonly mapping: number;
  override readonly title: string;
  override readonly wraps = false;
  readonly #format: GenericFormat;
  readonly #readers: ReadonlyMap<GenericField, FieldReader>;
  readonly #actions: ActionRules;
  readonly #outcomes: WordTable<Outcome>;
  readonly #reasons: WordTable<Reason>;
  readonly #origins: WordTable<'manual' | 'automatic'>;
  readonly #kept: KeptFields;

  constructor(format: GenericFormat = USERS_FORMAT) {
    super();
    this.kind = format.kind;
    this.mapping = format.mapping;
    this.title = format.title;
    this.#format = format;
    this.#readers = readersOf(format);
    this.#actions = new ActionRules(format.actions);
    this.#outcomes = new WordTable(format.outcomes);
    this.#reasons = new WordTable(format.reasons);
    this.#origins = new WordTable(format.origins);
    this.#kept = new KeptFields(format);
  }

  override unwrap(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? asArray(value) : [value];
  }

  override understand(value: unknown): Understood {
    const record = asRecord(value);
    if (!record) return { kind: 'rejected', reason: 'not_an_object' };
    const missing = this.#actions.missingIn(record);
    if (missing !== undefined) return { kind: 'rejected', reason: 'missing_field', field: missing };
    return { kind: 'events', events: [this.#event(record)] };
  }

  #event(record: JsonRecord): SourcedEvent {
    const read: Read = (field) => this.#readers.get(field)?.text(record);
    const rule = this.#actions.find(record);
    const { outcome, reason, flags } = this.#result(read, rule);
    const isClaimed = reason === 'unauthenticated' || (rule?.action === 'auth.login' && outcome !== 'success');
    const people = new PeopleList();
    const environment = environmentOf(read('environment')) ?? this.#format.defaults.environment;
    const moment = eventMoment(read('occurredAt'));
    return {
      action: rule?.action ?? 'other',
      outcome,
      actor: this.#actor(read, people, !isClaimed),
      people: people.list,
      client: clientOf(read),
      secrets: this.#secrets(read, environment),
      redactions: this.#redactions(record),
      flags: [...flags, ...moment.flags],
      ...codesOf((field) => codeOf(read(field))),
      ...present({ reason, environment, occurredAt: moment.occurredAt, origin: this.#origin(read, rule) }),
    };
  }

  #origin(read: Read, rule: ActionRule | undefined): SourcedEvent['origin'] {
    return rule?.origin ?? this.#origins.find(rule?.action === 'secret.rotate' ? read('origin') : undefined);
  }

  /** What the kind of event says goes before what its fields say: a failed attempt is one, whatever else it claims. */
  #result(
    read: Read,
    rule: ActionRule | undefined,
  ): { readonly outcome: Outcome; readonly reason: Reason | undefined; readonly flags: readonly string[] } {
    const told = this.#outcomes.find(read('outcome'));
    const outcome = rule?.outcome ?? told ?? this.#format.defaults.outcome ?? 'unknown';
    const isContradicted = rule?.outcome !== undefined && told !== undefined && told !== rule.outcome;
    const flags = [...(rule ? [] : ['unknown_event_type']), ...(isContradicted ? ['contradictory_outcome'] : [])];
    return { outcome, reason: this.#reason(read, outcome), flags };
  }

  #reason(read: Read, outcome: Outcome): Reason | undefined {
    if (outcome !== 'failure') return undefined;
    const told = read('reason');
    const known = this.#reasons.findWithin(told) ?? this.#reasons.find(read('outcome'));
    return known ?? (told === undefined ? undefined : 'error');
  }

  #actor(read: Read, people: PeopleList, authenticated: boolean): SourcedEvent['actor'] {
    const kind = this.#actorKind(read);
    const email = read('actorEmail') ?? emailOf(read('actorName'));
    const nativeId = read('actorId') ?? email ?? read('actorName');
    const role = read('role');
    const other = read('onBehalfOf');
    const name = read('actorName');
    return {
      kind: nativeId === undefined ? 'unknown' : kind,
      ...present({
        person:
          nativeId === undefined
            ? undefined
            : people.add({ kind, nativeId, ...present({ name, email }), authenticated }),
        onBehalfOf: other === undefined ? undefined : people.add({ kind: 'user', nativeId: other, authenticated }),
        roles: role === undefined ? undefined : [role],
      }),
    };
  }

  #actorKind(read: Read): ActorKind {
    const told = wordOf(read('actorKind') ?? '');
    return KINDS.has(told) ? (told as ActorKind) : (this.#format.defaults.actorKind ?? 'user');
  }

  /** The same name in two environments is two secrets, so the environment stands where a store has its namespace. */
  #secrets(read: Read, environment: string | undefined): SourcedEvent['secrets'] {
    const path = read('secret');
    if (path === undefined || path === '') return [];
    const { store, kind, defaults } = this.#format;
    const scope = read('scope') ?? defaults.scope ?? environment ?? '';
    const version = codeOf(read('version'));
    const previousVersion = codeOf(read('previousVersion'));
    return [{ store: store ?? kind, scope, path: [path], ...present({ version, previousVersion }) }];
  }

  #redactions(record: JsonRecord): SourcedEvent['redactions'] {
    const drops = new DropCounter();
    this.#kept.countDropped(record, drops);
    return drops.list();
  }
}

function readersOf({ fields }: GenericFormat): ReadonlyMap<GenericField, FieldReader> {
  return new Map(
    GENERIC_FIELDS.flatMap((field) => {
      const places = fields[field];
      return places === undefined ? [] : [[field, new FieldReader(places)] as const];
    }),
  );
}

function codeOf(text: string | undefined): string | undefined {
  return text !== undefined && CODE.test(text) ? text : undefined;
}

function environmentOf(text: string | undefined): string | undefined {
  return text !== undefined && ENVIRONMENT.test(text) ? text : undefined;
}

function clientOf(read: Read): SourcedEvent['client'] {
  return present({
    credentialId: read('credentialId'),
    sessionName: read('sessionName'),
    address: read('address'),
    userAgent: read('userAgent'),
  });
}

function codesOf(code: Read): Pick<SourcedEvent, 'key' | 'nativeId' | 'instance' | 'nativeAction' | 'correlation'> {
  const correlation = present({
    requestId: code('requestId'),
    sessionId: code('sessionId'),
    traceId: code('traceId'),
    changeId: code('changeId'),
  });
  return present({
    key: code('id'),
    nativeId: code('id'),
    instance: code('instance'),
    nativeAction: code('nativeAction'),
    correlation: Object.keys(correlation).length > 0 ? correlation : undefined,
  });
}
