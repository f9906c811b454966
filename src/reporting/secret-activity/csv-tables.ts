import type { ActivityRow } from '../domain/activity-row.js';
import type { CsvCell } from '../domain/csv-line.js';
import { ACTIVITY_GROUPS, type ActivityGroup } from '../domain/activity-group.js';
import type { OutcomeCounts } from '../domain/activity-tally.js';
import { formatPosition } from '../../domain/position.js';
import { sortKeyText } from '../domain/utc-text.js';
import { actorOf } from './cells.js';
import type { AccessLine, AccessorLine, SecretLine, Who } from './secret-activity-facts.js';

/** How the lines of one CSV file look. The names' columns are there in a named report only. */
export interface CsvTable<Line> {
  readonly header: readonly string[];
  cells(line: Line): readonly CsvCell[];
}

const OUTCOMES = ['succeeded', 'failed', 'unknown'] as const;

export function accessorTable(named: boolean): CsvTable<AccessorLine> {
  const groups = ACTIVITY_GROUPS.flatMap((group) => OUTCOMES.map((outcome) => `${group}_${outcome}`));
  return {
    header: [...whoHeader(named), 'events', 'secrets_accessed', ...groups, 'first_utc', 'last_utc'],
    cells: (line) => [
      ...whoCells(line, named),
      line.events,
      line.secrets,
      ...ACTIVITY_GROUPS.flatMap((group: ActivityGroup) => outcomeCells(line.groups[group])),
      sortKeyText(line.first),
      sortKeyText(line.last),
    ],
  };
}

export function accessTable(named: boolean): CsvTable<AccessLine> {
  return {
    header: [...whoHeader(named), 'secret', ...OUTCOMES, 'first_utc', 'last_utc'],
    cells: (line) => [
      ...whoCells(line.who, named),
      line.secret,
      ...outcomeCells(line.outcomes),
      sortKeyText(line.first),
      sortKeyText(line.last),
    ],
  };
}

export const SECRET_TABLE: CsvTable<SecretLine> = {
  header: ['secret', 'actors', ...OUTCOMES, 'first_utc', 'last_utc'],
  cells: ({ secret, accessors, outcomes, first, last }) => [
    secret,
    accessors,
    ...outcomeCells(outcomes),
    sortKeyText(first),
    sortKeyText(last),
  ],
};

/** One line for an event; times as the source wrote them. */
export function eventTable(named: boolean): CsvTable<ActivityRow> {
  return {
    header: [...EVENT_HEADER, ...whoHeader(named), ...ENTRY_HEADER],
    cells: (row) => [...eventCells(row), ...whoCells(actorOf(row), named), ...entryCells(row)],
  };
}

const EVENT_HEADER = ['position', 'event_id', 'occurred_at', 'recorded_at', 'action', 'outcome', 'reason'];

function eventCells({ position, entry }: ActivityRow): readonly CsvCell[] {
  const { id, occurredAt, recordedAt, action, outcome, reason } = entry;
  return [formatPosition(position), id, occurredAt, recordedAt, action, outcome, reason];
}

const ENTRY_HEADER = [
  'on_behalf_of',
  'roles',
  'secrets',
  'versions',
  'previous_versions',
  'origin',
  'source_kind',
  'source_instance',
  'environment',
  'native_action',
  'native_id',
  'request_id',
  'echo',
  'phase',
  'supersedes',
  'flags',
];

function entryCells({ entry, echo }: ActivityRow): readonly CsvCell[] {
  const { actor, source, correlation, secrets = [] } = entry;
  const each = (values: readonly (string | undefined)[]): string =>
    values.every((value) => value === undefined) ? '' : values.map((value) => value ?? '-').join(' ');
  return [
    actor.onBehalfOf,
    actor.roles?.join(' '),
    secrets.length === 1 ? secrets[0]?.uid : each(secrets.map(({ uid }) => uid)),
    each(secrets.map(({ version }) => version)),
    each(secrets.map(({ previousVersion }) => previousVersion)),
    entry.origin,
    source.kind,
    source.instance,
    entry.environment,
    source.nativeAction,
    source.nativeId,
    correlation?.requestId,
    echo,
    entry.phase,
    correlation?.supersedes,
    entry.flags?.join(' '),
  ];
}

function whoHeader(named: boolean): readonly string[] {
  return ['actor_kind', 'actor_subject', ...(named ? ['actor_name', 'actor_email', 'actor_native_id'] : [])];
}

function whoCells(who: Who, named: boolean): readonly CsvCell[] {
  const { person } = who;
  return [who.kind, who.subject, ...(named ? [person?.name, person?.email, person?.nativeId] : [])];
}

function outcomeCells({ success, failure, unknown }: OutcomeCounts): readonly CsvCell[] {
  return [success, failure, unknown];
}
