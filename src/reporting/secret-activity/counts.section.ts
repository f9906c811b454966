import { sumOutcomes, type OutcomeTable } from '../domain/activity-tally.js';
import type { Block, Cell, Section, Table } from '../pdf/report-document.js';
import { numberColumn, OUTCOME_COLUMNS, outcomeCells, strong } from './cells.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

/** The same events counted by one thing after the other, each with the same sum. */
export function countsSection(facts: SecretActivityFacts): Section {
  return { heading: 'Counts', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  const { actions, actorKinds, environments, days } = facts.counts;
  return [
    { block: 'paragraph', text: 'Every table here counts all events of this report, echoes included.' },
    table('By action', 'Action', actions, facts),
    table('By kind of actor', 'Kind', actorKinds, facts),
    table('By environment', 'Environment', environments, facts),
    table('By day (UTC)', 'Day', days, facts),
  ];
}

function table(title: string, header: string, counts: OutcomeTable, { counts: all }: SecretActivityFacts): Table {
  const rows: (readonly Cell[])[] = counts
    .rows()
    .map(([name, outcomes]) => [dayText(name), ...outcomeCells(outcomes), sumOutcomes(outcomes)]);
  const { success, failure, unknown } = all.outcomes;
  if (rows.length > 0) rows.push(['All events', success, failure, unknown, all.events].map((cell) => strong(cell)));
  return {
    block: 'table',
    title,
    columns: [{ header, weight: 280 }, ...OUTCOME_COLUMNS, numberColumn('All')],
    rows,
    total: rows.length,
    whenEmpty: 'None recorded in the period.',
  };
}

/** `20260115` as `2026-01-15`; any other name as it is. */
function dayText(name: string): string {
  return /^\d{8}$/.test(name) ? `${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6)}` : name;
}
