import { activityGroup } from '../domain/activity-group.js';
import { knownAction } from '../../domain/action.js';
import type { EntrySecret } from '../../domain/entry.js';
import type { ActivityRow } from '../domain/activity-row.js';
import { sumOutcomes } from '../domain/activity-tally.js';
import type { Block, Cell, CellValue, Section, Table } from '../pdf/report-document.js';
import {
  actorOf,
  numberColumn,
  occurredCell,
  OUTCOME_COLUMNS,
  outcomeCells,
  strong,
  whenColumn,
  whoCell,
  whoColumn,
} from './cells.js';
import { within } from './cover.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';
import { REPORT_FILES } from './secret-activity-files.js';

/** What was done to secrets, to access rights and to the stores. */
export function changesSection(facts: SecretActivityFacts): Section {
  return { heading: 'Changes', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  const intro: Block = { block: 'paragraph', text: INTRODUCTION };
  if (facts.changes.total > 0) return [intro, actionTable(facts), changeTable(facts)];
  return [intro, { block: 'paragraph', text: `No change${within(facts.request.scope)} was recorded in the period.` }];
}

const INTRODUCTION =
  'Creations, updates, rotations, deletions and restores of secrets, changes of their policies, grants and revocations ' +
  'of access, and changes of a store itself. Attempts that failed are listed too. Values are never recorded; a version ' +
  'is the store’s own name for it.';

function actionTable({ counts }: SecretActivityFacts): Table {
  const actions = counts.actions.rows().filter(([action]) => {
    const group = activityGroup(knownAction(action));
    return group === 'change' || group === 'rights';
  });
  const rows: (readonly Cell[])[] = actions.map(([action, outcomes]) => [
    action,
    ...outcomeCells(outcomes),
    sumOutcomes(outcomes),
  ]);
  const { change, rights } = counts.groups;
  const sums = (['success', 'failure', 'unknown'] as const).map((outcome) => change[outcome] + rights[outcome]);
  rows.push(['All changes', ...sums, sumOutcomes(change) + sumOutcomes(rights)].map((cell) => strong(cell)));
  return {
    block: 'table',
    title: 'By action',
    columns: [{ header: 'Action', weight: 280 }, ...OUTCOME_COLUMNS, numberColumn('All')],
    rows,
    total: rows.length,
    whenEmpty: '',
  };
}

function changeTable({ changes, request }: SecretActivityFacts): Table {
  return {
    block: 'table',
    title: 'Every change',
    columns: [
      whenColumn('When'),
      whoColumn(request.named, 124),
      { header: 'Change', weight: 78 },
      { header: 'Secret', weight: 130, font: 'code' },
      { header: 'Version', weight: 52 },
      { header: 'Outcome', weight: 50 },
    ],
    rows: changes.lines.map((row) => changeCells(row, request.named)),
    total: changes.total,
    attachment: REPORT_FILES.changes.name,
    whenEmpty: '',
  };
}

const SECRETS_SHOWN = 5;

function changeCells(row: ActivityRow, named: boolean): readonly Cell[] {
  const { entry } = row;
  const secrets = entry.secrets ?? [];
  const origin: CellValue[] = entry.origin === undefined ? [] : [{ text: entry.origin, tone: 'muted' }];
  const shown = secrets.slice(0, SECRETS_SHOWN);
  const more: CellValue[] =
    secrets.length > SECRETS_SHOWN
      ? [{ text: `and ${secrets.length - SECRETS_SHOWN} more, in the CSV`, tone: 'muted' }]
      : [];
  return [
    occurredCell(row),
    whoCell(actorOf(row), named),
    [row.action, ...origin],
    secrets.length === 0 ? null : [...shown.map(({ uid }) => uid), ...more],
    versionCell(shown),
    entry.reason === undefined ? entry.outcome : [entry.outcome, { text: entry.reason, tone: 'muted' }],
  ];
}

function versionCell(secrets: readonly EntrySecret[]): Cell {
  const versions = secrets.map((secret) => versionWords(secret)).filter((words) => words !== undefined);
  return versions.length === 0 ? null : versions;
}

function versionWords({ version, previousVersion }: EntrySecret): string | undefined {
  if (previousVersion === undefined) return version;
  return `${previousVersion} → ${version ?? 'not recorded'}`;
}
