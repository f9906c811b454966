import { knownAction } from '../../domain/action.js';
import type { Outcome } from '../../domain/outcome.js';
import type { ActorKind } from '../../domain/sourced-event.js';
import type { ViewBucket } from '../../storage/read-store/read-store.port.js';
import { activityGroup, type ActivityGroup } from './activity-group.js';
import { addOutcome, NO_OUTCOMES, type OutcomeCounts } from './activity-tally.js';
import { NO_ALIASES, type SecretAliases } from '../../domain/secret-aliases.js';

/** Someone or something that acted. `subject` is absent where the record names nobody. */
export interface Actor {
  readonly subject: string | null;
  readonly kind: ActorKind;
}

/** What one actor did in the period, echoes left out. */
export interface Accessor extends Actor {
  readonly events: number;
  readonly groups: Readonly<Record<ActivityGroup, OutcomeCounts>>;
  /** Different secrets accessed, an unknown outcome counted as an access. */
  readonly secrets: number;
  /** Sort keys of the first and the last event. */
  readonly first: string;
  readonly last: string;
}

/** One actor's accesses to one secret; `secret` is absent where the record names none. */
export interface SecretAccesses {
  readonly secret: string | null;
  readonly outcomes: OutcomeCounts;
  readonly first: string;
  readonly last: string;
}

export interface AccessorSecrets {
  /** Absent when the actor did nothing in the period. */
  readonly accessor?: Accessor;
  readonly actor: Actor;
  readonly accesses: readonly SecretAccesses[];
  /** Accessed in the period (successfully, or with an unknown outcome), with no successful access in the comparison period. */
  readonly gained: readonly SecretAccesses[];
  /** Accessed successfully in the comparison period, not seen in the period. Counts and times of the comparison period. */
  readonly lapsed: readonly SecretAccesses[];
}

/** Groups of a store, ordered by their key, which begins with subject and actor kind. */
export type Buckets = AsyncIterable<ViewBucket>;

interface Streams {
  /** By subject, actor kind, action, outcome. */
  readonly activity: Buckets;
  /** Accesses by subject, actor kind, secret, outcome. */
  readonly accesses: Buckets;
  /** The same of the comparison period. */
  readonly earlier: Buckets;
}

/**
 * Walks three ordered streams side by side and tells of one actor at a time, so that any number of actors is held one
 * by one.
 */
export async function* joinAccessors(streams: Streams, aliases = NO_ALIASES): AsyncGenerator<AccessorSecrets> {
  const activity = new ActorCursor(streams.activity);
  const accesses = new ActorCursor(streams.accesses);
  const earlier = new ActorCursor(streams.earlier);
  await Promise.all([activity.advance(), accesses.advance(), earlier.advance()]);
  for (;;) {
    const actor = firstActor([activity.actor, accesses.actor, earlier.actor]);
    if (!actor) return;
    const acts = await activity.take(actor);
    const now = foldSecrets(await accesses.take(actor), aliases);
    const before = foldSecrets(await earlier.take(actor), aliases);
    yield told(actor, acts, now, before);
  }
}

function told(
  actor: Actor,
  acts: readonly ViewBucket[],
  now: ReadonlyMap<string | null, SecretAccesses>,
  before: ReadonlyMap<string | null, SecretAccesses>,
): AccessorSecrets {
  const accesses = [...now.values()];
  const compared = actor.subject !== null;
  const gained = accesses.filter(
    (access) => access.secret !== null && seen(access) && !succeeded(before.get(access.secret)),
  );
  const lapsed = [...before.values()].filter(
    (access) => access.secret !== null && succeeded(access) && !seen(now.get(access.secret)),
  );
  return {
    actor,
    ...(acts.length === 0 ? {} : { accessor: foldAccessor(actor, acts, accesses) }),
    accesses,
    gained: compared ? gained : [],
    lapsed: compared ? lapsed : [],
  };
}

function seen(accesses: SecretAccesses | undefined): boolean {
  return accesses !== undefined && accesses.outcomes.success + accesses.outcomes.unknown > 0;
}

function succeeded(accesses: SecretAccesses | undefined): boolean {
  return accesses !== undefined && accesses.outcomes.success > 0;
}

function foldAccessor(actor: Actor, acts: readonly ViewBucket[], accesses: readonly SecretAccesses[]): Accessor {
  const groups = emptyGroups();
  let events = 0;
  let { first = '', last = '' } = acts[0] ?? {};
  for (const act of acts) {
    groups[activityGroup(knownAction(String(act.key[2])))][act.key[3] as Outcome] += act.count;
    events += act.count;
    if (act.first < first) first = act.first;
    if (act.last > last) last = act.last;
  }
  const secrets = accesses.filter((access) => access.secret !== null && seen(access)).length;
  return { ...actor, events, groups, secrets, first, last };
}

function emptyGroups(): Record<ActivityGroup, Record<Outcome, number>> {
  const none = (): Record<Outcome, number> => ({ ...NO_OUTCOMES });
  return { access: none(), lookup: none(), change: none(), rights: none(), sign_in: none(), other: none() };
}

function foldSecrets(
  buckets: readonly ViewBucket[],
  aliases: SecretAliases,
): ReadonlyMap<string | null, SecretAccesses> {
  const secrets = new Map<string | null, SecretAccesses>();
  for (const { key, count, first, last } of buckets) {
    const secret = typeof key[2] === 'string' ? aliases.nameOf(key[2]) : null;
    const known = secrets.get(secret);
    const outcome = key[3] as Outcome;
    secrets.set(secret, {
      secret,
      outcomes: addOutcome(known?.outcomes, outcome, count),
      first: known && known.first < first ? known.first : first,
      last: known && known.last > last ? known.last : last,
    });
  }
  return secrets;
}

/** One ordered stream, read an actor at a time. */
class ActorCursor {
  readonly #iterator: AsyncIterator<ViewBucket>;
  #next: ViewBucket | undefined;

  constructor(buckets: Buckets) {
    this.#iterator = buckets[Symbol.asyncIterator]();
  }

  get actor(): Actor | undefined {
    return this.#next && actorOf(this.#next);
  }

  async advance(): Promise<void> {
    const result = await this.#iterator.next();
    this.#next = result.done === true ? undefined : result.value;
  }

  /** The buckets of this actor, none when the stream is at another. */
  async take(actor: Actor): Promise<readonly ViewBucket[]> {
    const taken: ViewBucket[] = [];
    while (this.#next && compareActors(actorOf(this.#next), actor) === 0) {
      taken.push(this.#next);
      await this.advance();
    }
    return taken;
  }
}

function actorOf({ key }: ViewBucket): Actor {
  const [subject, kind] = key;
  return { subject: typeof subject === 'string' ? subject : null, kind: String(kind) as ActorKind };
}

function firstActor(actors: readonly (Actor | undefined)[]): Actor | undefined {
  return actors
    .filter((actor) => actor !== undefined)
    .reduce<Actor | undefined>(
      (first, actor) => (first === undefined || compareActors(actor, first) < 0 ? actor : first),
      undefined,
    );
}

/** The stores' order: no subject first, then by subject, then by kind; all of it is ASCII. */
function compareActors(left: Actor, right: Actor): number {
  if (left.subject !== right.subject) {
    if (left.subject === null) return -1;
    if (right.subject === null) return 1;
    return left.subject < right.subject ? -1 : 1;
  }
  if (left.kind === right.kind) return 0;
  return left.kind < right.kind ? -1 : 1;
}
