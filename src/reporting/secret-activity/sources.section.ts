import type { InterruptionCause } from '../../domain/details.js';
import { rejectedRecords, type SourceIntake } from '../domain/intake-tally.js';
import { momentWords } from '../domain/report-period.js';
import type { Silence, SourceActivity, SourceName } from '../domain/source-activity.js';
import { sourceLimits } from '../domain/source-limits.js';
import { durationText, momentText } from '../domain/utc-text.js';
import type { Block, Cell, Section, Table } from '../pdf/report-document.js';
import { counted, numberColumn, SPAN_COLUMN, spanCell } from './cells.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

/** What was heard from each source, what was not, and what none of its records can show. */
export function sourcesSection(facts: SecretActivityFacts): Section {
  return { heading: 'Sources: coverage and gaps', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  return [
    { block: 'paragraph', text: INTRODUCTION },
    sourceTable(facts),
    silenceTable(facts),
    intakeTable(facts),
    rejectedTable(facts),
    interruptionTable(facts),
    refusalTable(facts),
    flagTable(facts),
    { block: 'subheading', text: 'What the records of a source cannot show' },
    ...limits(facts),
  ];
}

const INTRODUCTION =
  'A source is a store whose records reach Keytrail. “No access was seen” is evidence only for a source that was ' +
  'delivering: read it together with the silences, interruptions and records not understood below.';

const NO_SOURCE = 'Before the end of the period no source is known to have sent anything.';

const SOURCE = { header: 'Source', weight: 110 } as const;

function sourceCell({ kind, instance }: SourceName): Cell {
  return [kind, { text: instance, tone: 'muted' }];
}

function sourceTable({ sources, coverage, request }: SecretActivityFacts): Table {
  return {
    block: 'table',
    title:
      request.scope.matching === undefined
        ? 'Events by source'
        : 'Events by source, all of them: the filter is not applied here',
    columns: [
      SOURCE,
      numberColumn('Events'),
      numberColumn('Failed'),
      numberColumn('Unknown'),
      numberColumn('No answer'),
      SPAN_COLUMN,
      numberColumn(`Silences ≥ ${durationText(coverage.silence)}`, 66),
    ],
    rows: sources.map((source) => sourceCells(source)),
    total: sources.length,
    whenEmpty: NO_SOURCE,
  };
}

function sourceCells(source: SourceActivity): readonly Cell[] {
  const nothing: Cell = { text: 'nothing recorded', tone: 'alert' };
  const { first, last } = source;
  return [
    sourceCell(source),
    source.events,
    source.outcomes.failure,
    source.outcomes.unknown,
    source.unanswered,
    first === undefined || last === undefined ? nothing : spanCell({ first, last }),
    source.silences.total,
  ];
}

function silenceTable({ sources, coverage }: SecretActivityFacts): Table {
  const listed = sources.flatMap((source) => source.silences.longest.map((silence) => ({ source, silence })));
  const total = sources.reduce((sum, { silences }) => sum + silences.total, 0);
  const limit = durationText(coverage.silence);
  return {
    block: 'table',
    title: `Silences of ${limit} or longer${listed.length < total ? `: the longest of each source, of ${total}` : ''}`,
    columns: [
      SOURCE,
      { header: 'From (UTC)', weight: 100 },
      { header: 'To (UTC)', weight: 100 },
      numberColumn('Length', 60),
    ],
    rows: listed.map(({ source, silence }) => silenceCells(source, silence)),
    total: listed.length,
    whenEmpty: sources.length === 0 ? NO_SOURCE : `No source was silent for ${limit} or longer.`,
  };
}

function silenceCells(source: SourceName, { from, to }: Silence): readonly Cell[] {
  return [sourceCell(source), momentText(from), momentText(to), durationText(to - from)];
}

function intakeTable({ intake, request }: SecretActivityFacts): Table {
  return {
    block: 'table',
    title: `Delivered since ${momentWords(request.period.from)}, whatever the period of the records`,
    columns: [
      SOURCE,
      numberColumn('Deliveries', 58),
      numberColumn('Read'),
      numberColumn('Recorded', 54),
      numberColumn('Known before', 52),
      numberColumn('Ignored'),
      numberColumn('In conflict', 56),
      numberColumn('Not understood', 66),
    ],
    rows: intake.sources.map((source) => intakeCells(source)),
    total: intake.sources.length,
    whenEmpty: 'Nothing was delivered since the period began.',
  };
}

function intakeCells(source: SourceIntake): readonly Cell[] {
  const { deliveries, read, recorded, duplicates, ignored, conflicts } = source;
  return [
    sourceCell(source),
    deliveries,
    read,
    recorded,
    duplicates ?? null,
    ignored,
    conflicts,
    rejectedRecords(source),
  ];
}

function rejectedTable({ intake }: SecretActivityFacts): Table {
  const rows = intake.sources.flatMap((source) =>
    [...source.rejected].sort().map(([reason, count]) => [sourceCell(source), reason, count]),
  );
  return {
    block: 'table',
    title: 'Records not understood, by reason',
    columns: [SOURCE, { header: 'Reason', weight: 250 }, numberColumn('Records')],
    rows,
    total: rows.length,
    whenEmpty: 'Every record delivered was understood or ignored by rule.',
  };
}

const CAUSES: Readonly<Record<InterruptionCause, string>> = {
  down: 'The service did not run',
  storage: 'A store took nothing',
  bound: 'More came than could be taken',
};

function interruptionTable({ intake: { interruptions } }: SecretActivityFacts): Table {
  const { listed, total } = interruptions;
  return {
    block: 'table',
    title: `Times in which not everything could be recorded${listed.length < total ? `: the first ${listed.length} of ${total}` : ''}`,
    columns: [
      { header: 'From (UTC)', weight: 140 },
      { header: 'To (UTC)', weight: 140 },
      { header: 'Why', weight: 180 },
      numberColumn('Refused', 60),
    ],
    rows: listed.map(({ from, to, refused, cause }) => [
      momentText(Date.parse(from)),
      momentText(Date.parse(to)),
      CAUSES[cause],
      refused,
    ]),
    total: listed.length,
    whenEmpty: 'No interruption was recorded.',
  };
}

function refusalTable({ intake }: SecretActivityFacts): Table {
  const rows = [...intake.refusals].sort();
  return {
    block: 'table',
    title: 'Requests that Keytrail refused, by code',
    columns: [{ header: 'Code', weight: 400 }, numberColumn('Requests')],
    rows,
    total: rows.length,
    whenEmpty: 'No refusal was recorded.',
  };
}

function flagTable({ counts }: SecretActivityFacts): Table {
  const rows = [...counts.flags].sort();
  const withheld: (readonly Cell[])[] =
    counts.identitiesWithheld === 0
      ? []
      : [['identity erased or expired: not shown anywhere', counts.identitiesWithheld]];
  return {
    block: 'table',
    title: 'Remarks that recording left on events',
    columns: [{ header: 'Remark', weight: 400 }, numberColumn('Events')],
    rows: [...rows, ...withheld],
    total: rows.length + withheld.length,
    whenEmpty: 'No event carries a remark.',
  };
}

function limits({ sources }: SecretActivityFacts): readonly Block[] {
  const kinds = [...new Set(sources.map(({ kind }) => kind))];
  if (kinds.length === 0) return [{ block: 'paragraph', text: NO_SOURCE }];
  return [
    {
      block: 'facts',
      facts: kinds.map((kind) => ({ label: kind, value: sourceLimits(kind) })),
    },
    {
      block: 'paragraph',
      text: `${counted(kinds.length, 'kind')} of source in all. A store that sends nothing to Keytrail is not in this list.`,
    },
  ];
}
