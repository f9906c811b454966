import type { Entry } from '../../src/domain/entry.js';
import type { DeadLettersClosedDetails, IngestedDetails } from '../../src/domain/details.js';

/**
 * What the trail must tell, by the plainest reading of the log's entries: everything in memory, entry by entry, with none
 * of the code that it judges. `now`: milliseconds since 1970; an exchange may be answered for a minute.
 */
export class NaiveTrail {
  readonly shown: readonly Entry[];

  constructor(
    private readonly log: readonly Entry[],
    now: number,
  ) {
    const byPlace = new Map<string, Entry[]>();
    for (const entry of log) byPlace.set(placeOf(entry), [...(byPlace.get(placeOf(entry)) ?? []), entry]);
    const standingOrDouble = [...[...byPlace.values()].map(standing), ...this.doubles];
    this.shown = standingOrDouble.filter((entry) => !isWaiting(entry, now) && !isOwn(entry));
  }

  /** Echoes left out, as in counts. */
  get acts(): readonly Entry[] {
    return this.shown.filter((entry) => !isEcho(entry));
  }

  /** Events whose id another one had before. */
  get doubles(): readonly Entry[] {
    return this.log.filter((entry, at) => this.log.findIndex(({ id }) => id === entry.id) < at);
  }

  timeline(secret: string) {
    const about = this.#about((name) => name === secret);
    return { events: idsByTime(this.shown.filter(about)), summary: tally(this.acts.filter(about)) };
  }

  /** Events about a secret that has a name like this, whatever they call it; or events about none. */
  like(pattern: RegExp, isAbout: boolean): readonly string[] {
    const about = this.#about((name) => pattern.test(name));
    return idsByTime(this.shown.filter((entry) => about(entry) === isAbout));
  }

  activity(subject: string) {
    const own = this.acts.filter(({ actor }) => actor.subject === subject);
    const secrets = this.#bySecret(own).map(({ secret, entries }) => ({ secret, ...tally(entries) }));
    return { summary: tally(own), secrets };
  }

  secrets() {
    return this.#bySecret(this.acts).flatMap(({ secret, entries }) => {
      if (secret === null) return [];
      const { events, first, last } = tally(entries);
      return [{ secret, events, actors: new Set(subjectsOf(entries)).size, first, last }];
    });
  }

  /** How many events of each outcome name each secret. */
  secretOutcomes(): readonly (readonly [secret: string | null, outcome: string, events: number])[] {
    return this.#bySecret(this.acts).flatMap(({ secret, entries }) =>
      [...new Set(entries.map(({ outcome }) => outcome))]
        .sort(compare)
        .map((outcome) => [secret, outcome, entries.filter((entry) => entry.outcome === outcome).length] as const),
    );
  }

  actors() {
    const subjects = [...new Set(subjectsOf(this.acts))].sort(compare);
    return subjects.map((subject) => {
      const own = this.acts.filter(({ actor }) => actor.subject === subject);
      const secrets = this.#bySecret(own).filter(({ secret }) => secret !== null).length;
      return { actor: subject, events: own.length, secrets };
    });
  }

  #bySecret(entries: readonly Entry[]) {
    const named = (entry: Entry) => new Set(uidsOf(entry).map((uid) => (uid === null ? null : this.#standsFor(uid))));
    const secrets = [...new Set(entries.flatMap((entry) => [...named(entry)]))];
    return secrets
      .sort((one, other) => compare(one ?? '', other ?? ''))
      .map((secret) => ({ secret, entries: entries.filter((entry) => named(entry).has(secret)) }));
  }

  #about(matches: (name: string) => boolean): (entry: Entry) => boolean {
    const named = this.log.flatMap(({ secrets = [] }) => secrets);
    const meant = named.filter(({ uid, path }) => matches(uid) || matches(path)).map(({ uid }) => uid);
    const aliases = this.#pairs().filter(({ alias }) => matches(alias) || matches(pathOf(alias)));
    const names = new Set([...meant, ...aliases.map(({ alias }) => alias)].flatMap((name) => [...this.#namesOf(name)]));
    return ({ secrets = [] }) => secrets.some(({ uid }) => names.has(uid));
  }

  failures() {
    const failed = this.acts.filter(({ outcome }) => outcome === 'failure');
    const groups = Map.groupBy(failed, ({ action, reason }) => `${action} ${reason ?? 'none'}`);
    return {
      events: idsByTime(failed),
      groups: Object.fromEntries([...groups].map(([name, entries]) => [name, entries.length])),
    };
  }

  /** By day, action and outcome. */
  days(): Readonly<Record<string, number>> {
    const names = this.acts.map((entry) => `${dayOf(entry)} ${entry.action} ${entry.outcome}`);
    return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]));
  }

  coverage(from: string, to: string) {
    const covered = this.log.filter((entry) => entry.action === 'trail.ingested' || !isOwn(entry));
    const sources = [...new Set(covered.map((entry) => sourceOf(entry)))].sort();
    return sources.map((source) => this.#coverageOf(source, (day) => day >= from && day <= to));
  }

  #coverageOf(source: string, during: (day: string) => boolean) {
    const own = this.log.filter((entry) => sourceOf(entry) === source);
    const events = own.filter((entry) => !isOwn(entry) && during(coveredDay(entry)));
    const sure = events.filter((entry) => !isUnsure(entry)).map((entry) => timeOf(entry));
    const told = own.filter(({ action, recordedAt }) => action === 'trail.ingested' && during(recordedAt.slice(0, 10)));
    const details = told.map((entry) => entry.details as IngestedDetails);
    const sum = (name: 'read' | 'recorded' | 'ignored') => details.reduce((all, one) => all + one[name], 0);
    const unknown = this.shown.filter((entry) => entry.outcome === 'unknown' && sourceOf(entry) === source);
    return {
      source,
      events: events.length,
      unsureTimes: events.length - sure.length,
      first: sure.length === 0 ? undefined : Math.min(...sure),
      last: sure.length === 0 ? undefined : Math.max(...sure),
      delivered: { read: sum('read'), recorded: sum('recorded'), ignored: sum('ignored') },
      rejected: details.flatMap(({ rejected }) => Object.values(rejected)).reduce((all, one) => all + one, 0),
      unknownOutcomes: unknown.filter((entry) => during(dayOf(entry))).length,
      openDeadLetters: this.#openLetters(own),
      doubles: this.doubles.filter((entry) => sourceOf(entry) === source && during(dayOf(entry))).length,
    };
  }

  /** A letter delivered again after it was closed is open again. */
  #openLetters(own: readonly Entry[]): number {
    const opened = new Set(own.flatMap((entry) => lettersOf(entry)));
    return [...opened].filter((id) => {
      const last = this.log.findLast((entry) => lettersOf(entry).includes(id) || closedBy(entry).includes(id));
      return last && lettersOf(last).includes(id);
    }).length;
  }

  #pairs(): readonly { readonly uid: string; readonly alias: string }[] {
    const named = this.log.flatMap(({ secrets = [] }) => secrets);
    return named.flatMap(({ uid, alias }) => (alias === undefined ? [] : [{ uid, alias }]));
  }

  /** Whatever any number of pairs joins to this name. */
  #namesOf(name: string): ReadonlySet<string> {
    const names = new Set([name]);
    for (let size = 0; size < names.size;) {
      size = names.size;
      for (const { uid, alias } of this.#pairs()) if (names.has(uid) || names.has(alias)) names.add(uid).add(alias);
    }
    return names;
  }

  /** The first of its names that is nobody's alias. */
  #standsFor(name: string): string {
    const names = [...this.#namesOf(name)].sort(compare);
    return names.find((one) => !this.#pairs().some(({ alias }) => alias === one)) ?? names[0] ?? name;
  }
}

/** Entries of one exchange, and an event and its corrections, stand in one place. */
function placeOf({ id, phase, source, correlation }: Entry): string {
  if (phase !== undefined) return `exchange ${source.kind} ${source.instance} ${source.nativeId ?? ''}`;
  return correlation?.supersedes ?? id;
}

/** An answer stands before a question; of either its correction by the newest mapping, else the first that came. */
function standing(entries: readonly Entry[]): Entry {
  const answers = entries.filter(({ phase }) => phase !== 'request');
  const [first, ...others] = answers.length > 0 ? answers : entries;
  if (!first) throw new Error('nobody stands in no place');
  const mappingOf = ({ correlation, source }: Entry): number => (correlation?.supersedes ? source.mapping : 0);
  return others.reduce((best, entry) => (mappingOf(entry) > mappingOf(best) ? entry : best), first);
}

function isWaiting({ phase, recordedAt }: Entry, now: number): boolean {
  return phase === 'request' && Date.parse(recordedAt) >= now - 60_000;
}

const isOwn = ({ action }: Entry): boolean => action.startsWith('trail.') || action.startsWith('keytrail.');
const isEcho = ({ action, correlation }: Entry): boolean =>
  action === 'key.use' && correlation?.derivedFrom !== undefined;
const isUnsure = ({ flags = [] }: Entry): boolean =>
  ['time_missing', 'time_future', 'time_before_2000'].some((flag) => flags.includes(flag));
const timeOf = ({ occurredAt, recordedAt }: Entry): number => Date.parse(occurredAt ?? recordedAt);
const dayOf = (entry: Entry): string => new Date(timeOf(entry)).toISOString().slice(0, 10);
const coveredDay = (entry: Entry): string => (isUnsure(entry) ? entry.recordedAt.slice(0, 10) : dayOf(entry));
const sourceOf = ({ source }: Entry): string => `${source.kind} ${source.instance}`;
const pathOf = (uid: string): string => uid.split(':').slice(3).join(':');

function uidsOf({ secrets = [] }: Entry): readonly (string | null)[] {
  return secrets.length === 0 ? [null] : [...new Set(secrets.map(({ uid }) => uid))];
}

function subjectsOf(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ actor }) => actor.subject ?? []);
}

function lettersOf({ action, details }: Entry): readonly string[] {
  return action === 'trail.ingested' ? (details as IngestedDetails).deadLetters.map(({ id }) => id) : [];
}

function closedBy({ action, details }: Entry): readonly string[] {
  return action === 'keytrail.dead_letters_closed' ? (details as DeadLettersClosedDetails).ids : [];
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function idsByTime(entries: readonly Entry[]): readonly string[] {
  return entries.toSorted((one, other) => timeOf(other) - timeOf(one)).map(({ id }) => id);
}

const READS = ['secret.read', 'secret.export', 'secret.copy', 'secret.issue'];
const CHANGES = ['create', 'update', 'delete', 'restore', 'destroy', 'rollback', 'import', 'move', 'policy_change'];

function tally(entries: readonly Entry[]) {
  const done = entries.filter(({ outcome }) => outcome === 'success');
  const failed = entries.filter(({ outcome }) => outcome === 'failure');
  const read = done.filter(({ action }) => READS.includes(action));
  const changed = done.filter(({ action }) => CHANGES.includes(action.replace('secret.', '')));
  const rotated = done.filter(({ action }) => action === 'secret.rotate');
  const last = (of: readonly Entry[]) => (of.length === 0 ? undefined : Math.max(...of.map(timeOf)));
  return {
    events: entries.length,
    reads: read.length,
    changes: changed.length,
    rotations: rotated.length,
    failures: failed.length,
    denials: failed.filter(({ reason }) => reason === 'denied').length,
    unknown: entries.filter(({ outcome }) => outcome === 'unknown').length,
    first: entries.length === 0 ? undefined : Math.min(...entries.map(timeOf)),
    last: last(entries),
    lastRead: last(read),
    lastChange: last(changed),
    lastRotation: last(rotated),
  };
}
