import { ACTIVITY_GROUPS, GROUP_TITLES } from '../domain/activity-group.js';
import { sumOutcomes } from '../domain/activity-tally.js';
import { rejectedRecords } from '../domain/intake-tally.js';
import type { Block, Cell, Section, Table } from '../pdf/report-document.js';
import { numberColumn, OUTCOME_COLUMNS, outcomeCells, strong } from './cells.js';
import { within } from './cover.js';
import { leadWords, outsideWords } from './summary-words.js';
import { pointsToLookAt } from './points-to-look-at.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

/** What a reader with one minute reads. */
export function summarySection(facts: SecretActivityFacts): Section {
  return { heading: 'Summary', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  const points = pointsToLookAt(facts);
  if (facts.counts.events === 0) return [nothing(facts), ...points, remarks(facts)];
  return [{ block: 'paragraph', text: leadWords(facts) }, outcomes(facts), ...points, remarks(facts)];
}

function nothing({ request: { scope }, tieOut }: SecretActivityFacts): Block {
  return {
    block: 'note',
    tone: 'alert',
    title: `No events${within(scope)} were recorded in the period`,
    text:
      (tieOut.outside > 0 ? `${outsideWords(tieOut.outside)} the filter. ` : '') +
      'That nothing was recorded does not show that nothing happened. Only where a source was delivering throughout does ' +
      'it say that this source saw no access; the section on sources tells what was heard from each.',
  };
}

function outcomes({ counts }: SecretActivityFacts): Table {
  const rows: (readonly Cell[])[] = ACTIVITY_GROUPS.filter((group) => sumOutcomes(counts.groups[group]) > 0).map(
    (group) => [GROUP_TITLES[group], ...outcomeCells(counts.groups[group]), sumOutcomes(counts.groups[group])],
  );
  const { success, failure, unknown } = counts.outcomes;
  if (counts.echoes > 0) rows.push(['Echo of another event', ...outcomeCells(counts.echoOutcomes), counts.echoes]);
  rows.push(['All events', success, failure, unknown, counts.events].map((cell) => strong(cell)));
  return {
    block: 'table',
    title: 'Events by what was done and how it ended',
    columns: [{ header: 'What was done', weight: 280 }, ...OUTCOME_COLUMNS, numberColumn('All')],
    rows,
    total: rows.length,
    whenEmpty: '',
  };
}

function remarks(facts: SecretActivityFacts): Table {
  const { counts, tieOut, intake } = facts;
  const sum = (of: (source: (typeof intake.sources)[number]) => number): number =>
    intake.sources.reduce((total, source) => total + of(source), 0);
  const duplicates = intake.sources.some((source) => source.duplicates === undefined)
    ? null
    : sum((source) => source.duplicates ?? 0);
  const rows: (readonly Cell[])[] = [
    ['Echoes: a store repeats a call behind another; counted as events, not as accesses', counts.echoes],
    ['Requests without an answer on the log: outcome unknown', counts.unanswered],
    ['Events that name no actor', counts.actorNotRecorded],
    ['Accesses that name no secret', counts.accesses.withoutSecret],
    ['Events recorded only after the end of the period', counts.late],
    ['Events that correct an earlier one, which is no longer counted', counts.superseding],
    ['Keytrail’s own acts and health records in the period: not counted', tieOut.own],
    ['Requests that may still get their answer: not counted', tieOut.waiting],
    ['Records delivered again since the period began: recognised, not counted twice', duplicates],
    ['Records in conflict with one already recorded, since the period began', intake.conflicts],
    ['Records not understood, since the period began: in no count', sum(rejectedRecords)],
  ];
  return {
    block: 'table',
    title: 'What these counts hold and leave out',
    columns: [{ header: 'Remark', weight: 430 }, numberColumn('Count')],
    rows,
    total: rows.length,
    whenEmpty: '',
  };
}
