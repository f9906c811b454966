import { counted } from '../../domain/counted.js';
import { reasonText } from './reason-text.js';
import type { MarkedText, Redaction, SourcedEvent, SourcedSecret } from '../../domain/sourced-event.js';

/** An event as it would be stored, but for its people, who are shown in clear to whoever holds the record anyway. */
export type ExplainedEvent = SourcedEvent;

/** How one record would be recorded: what is kept of it, and what is dropped under which rule. */
export interface RecordExplanation {
  readonly result: 'events' | 'ignored' | 'rejected';
  /** Why it is ignored or rejected. */
  readonly reason?: string;
  /** What of the source's own rule was missing or wrong. */
  readonly field?: string;
  /** Credentials in their texts are replaced already. */
  readonly events: readonly ExplainedEvent[];
  /** Over all its events, by the source's own rule paths. */
  readonly dropped: readonly Redaction[];
  /** How often each rule for credentials matched in what is kept. */
  readonly redacted: Readonly<Record<string, number>>;
}

/** What a record of a file would be recorded as, and where it lies. */
export interface ExplainedRecord extends RecordExplanation {
  readonly line: number;
  readonly byte: number;
  /** SHA-256 of its RFC 8785 form, by which an event's own record is known again. */
  readonly digest?: string;
}

/** For people: a line on the record, and indented below it its events and what is dropped. */
export function describeRecord(record: ExplainedRecord): readonly string[] {
  const { line, byte, result, events, dropped, redacted } = record;
  const head = `line ${line}, byte ${byte}: ${result === 'events' ? countOf(events) : `${result} (${reasonText(record)})`}`;
  return [
    head,
    ...events.flatMap(describeEvent),
    ...listed(
      'redacted',
      Object.entries(redacted).map(([path, count]) => ({ path, count })),
    ),
    ...listed('dropped', dropped),
  ];
}

function listed(what: string, counts: readonly Redaction[]): readonly string[] {
  const texts = counts.map(({ path, count }) => (count === 1 ? path : `${path} (${count})`));
  return texts.length === 0 ? [] : [`  ${what}: ${texts.join(', ')}`];
}

function countOf(events: readonly SourcedEvent[]): string {
  return counted(events.length, 'event');
}

function describeEvent(event: SourcedEvent): readonly string[] {
  const { action, outcome, reason, phase, occurredAt, secrets, flags } = event;
  const ending = reason === undefined ? outcome : `${outcome} (${reason})`;
  return [
    `  ${action} ${ending}${phase === undefined ? '' : `, the ${phase}`}, ${occurredAt ?? 'without a readable time'}`,
    `    by ${actorOf(event)}`,
    ...secrets.map((secret) => `    on ${secretOf(secret, event)}`),
    ...(flags.length === 0 ? [] : [`    flags: ${flags.join(', ')}`]),
  ];
}

function actorOf({ actor, people, client }: SourcedEvent): string {
  const person = actor.person === undefined ? undefined : people[actor.person];
  const names = [person?.name, person?.email, person?.nativeId].filter((name) => name !== undefined);
  const proof = person && !person.authenticated ? ', claimed and not proved' : '';
  const from = client.address === undefined ? '' : `, from ${client.address}`;
  return `${actor.kind} ${[...new Set(names)].join(', ')}${proof}${from}`.replace(/ ,/, ',').trim();
}

function secretOf({ store, scope, path, version, reach }: SourcedSecret, { people }: SourcedEvent): string {
  const place = [store, scope].filter((part) => part !== '').join(' ');
  const more = [version && `version ${version}`, reach === 'collection' && 'and what is below'].filter(Boolean);
  return [`${place}: ${textOf(path, people)}`, ...more].join(', ');
}

/** A person's marked place is shown in braces: a subject id will stand there. */
function textOf(path: MarkedText, people: SourcedEvent['people']): string {
  return path
    .map((piece) => (typeof piece === 'string' ? piece : `{${people[piece.person]?.nativeId ?? 'person'}}`))
    .join('');
}
