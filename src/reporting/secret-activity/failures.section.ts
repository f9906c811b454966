import type { ActivityRow } from '../domain/activity-row.js';
import { REASON_NOT_RECORDED } from '../domain/activity-tally.js';
import type { Block, Cell, Column, Section, Table } from '../pdf/report-document.js';
import {
  actorOf,
  numberColumn,
  occurredCell,
  secretsCell,
  SPAN_COLUMN,
  spanCell,
  strong,
  whenColumn,
  whoCell,
  whoColumn,
} from './cells.js';
import { within } from './cover.js';
import type { FailureLine, Listing, SecretActivityFacts } from './secret-activity-facts.js';
import { REPORT_FILES } from './secret-activity-files.js';

/** Attempts that failed, whatever they were after. */
export function failuresSection(facts: SecretActivityFacts): Section {
  return { heading: 'Failed attempts', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  const { named, scope } = facts.request;
  const intro: Block = { block: 'paragraph', text: INTRODUCTION };
  if (facts.failures.total === 0)
    return [intro, { block: 'paragraph', text: `No failed attempt${within(scope)} was recorded in the period.` }];
  return [
    intro,
    reasonTable(facts),
    groupTable('By actor and reason', facts.failuresByActor, whoColumn(named), (line) => whoCell(line.who, named)),
    groupTable('By secret and reason', facts.failuresBySecret, SECRET, (line) => line.secret),
    failureTable(facts.failures, named),
  ];
}

const INTRODUCTION =
  'An attempt failed where the store recorded so. The reason is the one the store gave; echoes are left out. An attempt ' +
  'whose answer is not on the log is not counted here but as unknown.';

const SECRET: Column = { header: 'Secret', weight: 116, font: 'code' };

function reasonTable({ counts, failures }: SecretActivityFacts): Table {
  const rows = [...counts.reasons].sort(([, left], [, right]) => right - left);
  const total: readonly Cell[] = [strong('All failed attempts'), strong(failures.total)];
  return {
    block: 'table',
    title: 'By reason',
    columns: [{ header: 'Reason', weight: 400 }, numberColumn('Attempts')],
    rows: [...rows.map(([reason, count]) => [reason === REASON_NOT_RECORDED ? null : reason, count]), total],
    total: rows.length + 1,
    whenEmpty: '',
  };
}

/** Only the groups with the most attempts are printed; the total is theirs, as the full list is another table's file. */
function groupTable<Line extends FailureLine>(
  title: string,
  listing: Listing<Line>,
  column: Column,
  cell: (line: Line) => Cell,
): Table {
  const shown = listing.lines.length;
  return {
    block: 'table',
    title: shown < listing.total ? `${title}: the ${shown} with the most attempts, of ${listing.total}` : title,
    columns: [column, { header: 'Reason', weight: 66 }, numberColumn('Attempts'), SPAN_COLUMN],
    rows: listing.lines.map((line) => [cell(line), line.reason, line.count, spanCell(line)]),
    total: shown,
    whenEmpty: 'None recorded in the period.',
  };
}

function failureTable(listing: Listing<ActivityRow>, named: boolean): Table {
  return {
    block: 'table',
    title: 'Every failed attempt',
    columns: [
      whenColumn('When'),
      whoColumn(named, 122),
      { header: 'What was tried', weight: 66 },
      SECRET,
      { header: 'Reason', weight: 66 },
      { header: 'Source', weight: 63 },
    ],
    rows: listing.lines.map((row) => [
      occurredCell(row),
      whoCell(actorOf(row), named),
      row.action,
      secretsCell(row),
      row.entry.reason ?? null,
      [row.entry.source.kind, { text: row.entry.source.instance, tone: 'muted' }],
    ]),
    total: listing.total,
    attachment: REPORT_FILES.failures.name,
    whenEmpty: '',
  };
}
