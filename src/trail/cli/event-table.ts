import type { Identity, PersonIdentity } from '../../domain/identity.js';
import { renderTable, timeColumn, type TableColumn } from '../../platform/cli/text-table.js';
import { showHidden } from '../../domain/hidden-text.js';
import { padToWidth } from '../../platform/cli/display-width.js';
import type { PresentedEvent } from '../domain/presented-event.js';

const COLUMNS: readonly TableColumn[] = [
  timeColumn('TIME (UTC)'),
  { title: 'OUTCOME', shrinksTo: [16, 8] },
  { title: 'ACTION', shrinksTo: [20, 20, 9] },
  { title: 'ACTOR', shrinksTo: [16, 16, 10] },
  { title: 'SECRET', shrinksTo: [22, 22, 12] },
  { title: 'ADDRESS', shrinksTo: [15, 15, 9] },
  { title: 'SOURCE', shrinksTo: [14, 14, 10] },
];

/** Events as a table, in the order given. */
export function renderEvents(events: readonly PresentedEvent[], width?: number): readonly string[] {
  return renderTable(COLUMNS, events.map(cellsOf), width);
}

/** Widths that most cells keep to, so that lines printed one by one stand below each other. */
const RUNNING_WIDTHS = [19, 16, 13, 24, 28, 15, 0];

/** Events as they come in, a line each, with the titles before the first ones. */
export function renderRunning(events: readonly PresentedEvent[], titled: boolean): readonly string[] {
  const titles = titled ? [COLUMNS.map(({ title }) => title)] : [];
  return [...titles, ...events.map(cellsOf)].map((cells) =>
    cells
      .map((cell, index) => padToWidth(cell === '' ? '-' : showHidden(cell), RUNNING_WIDTHS[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What a record does not tell is empty; what may not be seen is a subject id. */
function cellsOf(event: PresentedEvent): readonly string[] {
  return [
    timeOf(event.occurredAt),
    event.reason === undefined ? event.outcome : `${event.outcome} (${event.reason})`,
    event.phase === 'request' ? `${event.action} (no answer)` : event.action,
    actorOf(event),
    secretsOf(event),
    event.identity?.address ?? '',
    `${event.source.kind}/${event.source.instance}`,
  ];
}

/** UTC to the second; a time of another offset or without a readable form stays as the source wrote it. */
export function timeOf(text: string | undefined): string {
  if (text === undefined) return '';
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString().slice(0, 19).replace('T', ' ');
}

function actorOf({ actor, identity }: PresentedEvent): string {
  const name = shownName(identity?.actor) ?? withSession(actor.subject ?? actor.kind, identity);
  if (actor.onBehalfOf === undefined) return name;
  return `${name} for ${shownName(identity?.onBehalfOf) ?? actor.onBehalfOf}`;
}

function withSession(actor: string, identity: Identity | undefined): string {
  return identity?.sessionName === undefined ? actor : `${actor} (${identity.sessionName})`;
}

export function shownName(person: PersonIdentity | undefined): string | undefined {
  return person?.email ?? person?.name ?? person?.nativeId;
}

/** The first secret's path, people named in it by name where that may be seen. */
function secretsOf({ secrets = [], identity }: PresentedEvent): string {
  const first = secrets[0];
  if (!first) return '';
  const version = first.version === undefined ? '' : ` v${first.version}`;
  const more = secrets.length === 1 ? '' : ` and ${secrets.length - 1} more`;
  return namedPath(first.path, identity) + version + more;
}

function namedPath(path: string, identity: Identity | undefined): string {
  const people = Object.entries(identity?.people ?? {});
  return people.reduce((text, [subject, person]) => text.replaceAll(subject, shownName(person) ?? subject), path);
}
