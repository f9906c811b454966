import { personNames, type ActivityRow } from '../domain/activity-row.js';
import type { OutcomeCounts } from '../domain/activity-tally.js';
import { sortKeyText } from '../domain/utc-text.js';
import type { Cell, CellValue, Column } from '../pdf/report-document.js';
import type { Who } from './secret-activity-facts.js';

/** The weights of columns are about the points that their widest usual cell takes. The column that says who; a named report leads with the name, the subject stays below it. */
export function whoColumn(named: boolean, weight = 120): Column {
  return { header: 'Who', weight, font: named ? 'text' : 'code' };
}

export function whoCell(who: Who, named: boolean): Cell {
  return whoCells(who, named, 1);
}

/** With every name that is held. */
export function wholeWhoCell(who: Who, named: boolean): Cell {
  return whoCells(who, named, Infinity);
}

function whoCells({ subject, kind, person }: Who, named: boolean, names: number): Cell {
  if (subject === null) return { text: `${kind}: no identity recorded`, tone: 'muted' };
  if (!named) return subject;
  const [first = null, ...others] = personNames(person).slice(0, names);
  const lead: CellValue = first === null ? { text: 'no name held', tone: 'muted' } : { text: first, tone: 'strong' };
  return [lead, ...others, { text: subject, tone: 'muted' }];
}

/** Who acted in one event. The identity is read from the event itself. */
export function actorOf(row: ActivityRow): Who {
  const { subject, kind } = row.entry.actor;
  return { subject: subject ?? null, kind, ...(row.identity.actor && { person: row.identity.actor }) };
}

export const whenColumn = (header: string): Column => ({ header, weight: 58 });

/** For two times, one below the other. */
export const SPAN_COLUMN: Column = { header: 'First and last', weight: 95 };

export function spanCell({ first, last }: { readonly first: string; readonly last: string }): Cell {
  return first === last ? sortKeyText(first) : [sortKeyText(first), sortKeyText(last)];
}

/** Day and time of a sort key, one below the other. */
export function whenCell(sortKey: string): Cell {
  return sortKeyText(sortKey).split(' ');
}

/** The time as the source wrote it, with all its digits; without one, when it was recorded, and that it is so. */
export function occurredCell(row: ActivityRow): Cell {
  if (row.entry.occurredAt === undefined) {
    return [...sortKeyText(row.time).split(' '), { text: 'time of recording', tone: 'muted' }];
  }
  return sortKeyText(row.time).split(' ');
}

export function secretsCell(row: ActivityRow): Cell {
  const secrets = row.entry.secrets ?? [];
  if (secrets.length <= SECRETS_SHOWN) return secrets.length === 0 ? null : secrets.map(({ uid }) => uid);
  const more: CellValue = { text: `and ${secrets.length - SECRETS_SHOWN} more, in the CSV`, tone: 'muted' };
  return [...secrets.slice(0, SECRETS_SHOWN).map(({ uid }) => uid), more];
}

const SECRETS_SHOWN = 5;

export const numberColumn = (header: string, weight = 50): Column => ({ header, weight, align: 'right' });

/** Success, failure and unknown as three cells. */
export function outcomeCells({ success, failure, unknown }: OutcomeCounts): readonly Cell[] {
  return [success, failure, unknown];
}

export const OUTCOME_COLUMNS: readonly Column[] = [
  numberColumn('Succeeded', 57),
  numberColumn('Failed', 40),
  numberColumn('Unknown', 50),
];

export function strong(value: string | number): CellValue {
  return { text: typeof value === 'number' ? grouped(value) : value, tone: 'strong' };
}

/** 31204 as `31,204`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 event`, `31,204 events`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
