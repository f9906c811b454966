import { canonicalJson } from '../../domain/canonical-json.js';
import { durationText } from '../domain/utc-text.js';
import type { Block, Fact, Section, Table } from '../pdf/report-document.js';
import { counted, grouped, numberColumn, strong } from './cells.js';
import { filterWords, periodWords } from './cover.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

/** How the report was made, so that someone else can make it again and get the same counts. */
export function methodSection(facts: SecretActivityFacts): Section {
  return { heading: 'How this report was made', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  return [
    { block: 'facts', facts: run(facts) },
    { block: 'subheading', text: 'From the trail to this report' },
    population(facts),
    checks(facts),
    own(facts),
    { block: 'subheading', text: 'Words in this report' },
    { block: 'facts', facts: WORDS },
    { block: 'subheading', text: 'Limits' },
    { block: 'facts', facts: [...LIMITS, names(facts)] },
  ];
}

function run({ request, start, comparison, coverage }: SecretActivityFacts): readonly Fact[] {
  return [
    { label: 'Period', value: periodWords(request.period) },
    { label: 'Comparison period', value: periodWords(comparison) },
    {
      label: 'Time of an event',
      value:
        'when it occurred, as the source recorded it; where it recorded no readable time, when Keytrail recorded it',
    },
    { label: 'Time zone', value: 'UTC throughout' },
    {
      label: 'Reflects',
      value: `the log up to position ${start.asOf}; events recorded later are not in this report, whenever they occurred`,
    },
    { label: 'Filter in words', value: filterWords(request.scope) },
    { label: 'Filter as stored', value: canonicalJson(request.scope.filters), font: 'code' },
    { label: 'Query', value: query(request.period) },
    { label: 'Silence', value: `listed where it lasted ${durationText(coverage.silence)} or longer` },
    {
      label: 'Made by',
      value: `Keytrail ${start.version}, report secret-activity: a standard report, not customised`,
    },
  ];
}

function query({ from, to }: { from: string; to: string }): string {
  return (
    `GET /v1/events with from=${from}, to=${to} and the filter above gives the same events; a later answer also has ` +
    'what was recorded since'
  );
}

function population({ tieOut, counts }: SecretActivityFacts): Table {
  const rows = [
    ['Entries of the period on the trail', tieOut.entries],
    ['less Keytrail’s own acts and health records', -tieOut.own],
    ['less requests that may still get their answer', -tieOut.waiting],
    ['less events outside the filter', -tieOut.outside],
  ] as const;
  return {
    block: 'table',
    title: 'Which entries are counted',
    columns: [{ header: 'Entries', weight: 420 }, numberColumn('Count')],
    rows: [
      ...rows.map(([label, count]) => [label, count === 0 ? 0 : signed(count)]),
      [strong('Events in this report'), strong(counts.events)],
    ],
    total: rows.length + 1,
    whenEmpty: '',
  };
}

function signed(count: number): string {
  return count < 0 ? `−${grouped(-count)}` : grouped(count);
}

function checks(facts: SecretActivityFacts): Table {
  return {
    block: 'table',
    title: 'The same things counted in two ways: a report whose counts differ is not made',
    columns: [
      { header: 'What', weight: 130 },
      { header: 'Counted by', weight: 150 },
      numberColumn('Count'),
      { header: 'And by', weight: 105 },
      numberColumn('Count'),
    ],
    rows: facts.checks.map(({ what, expected, counted: other }) => [
      what,
      expected.way,
      expected.count,
      other.way,
      other.count,
    ]),
    total: facts.checks.length,
    whenEmpty: '',
  };
}

function own(facts: SecretActivityFacts): Table {
  return {
    block: 'table',
    title: 'Keytrail’s own acts and health records in the period',
    columns: [{ header: 'Action', weight: 420 }, numberColumn('Entries')],
    rows: facts.own,
    total: facts.own.length,
    whenEmpty: 'None recorded in the period.',
  };
}

function names({ aliases }: SecretActivityFacts): Fact {
  return {
    label: 'Names of one secret',
    value:
      `${counted(aliases, 'name')} on the trail ${aliases === 1 ? 'is' : 'are'} proved by a record to stand for another name of the ` +
      'same secret. Lists of access count under that name; lists of events show the name that was recorded.',
  };
}

const WORDS: readonly Fact[] = [
  { label: 'recorded', value: 'a source reported it and it stands on the log' },
  { label: 'not recorded', value: 'the record has no such field; nothing is assumed in its place' },
  { label: 'not seen', value: 'nothing of the kind is on the log; that is not the same as “did not happen”' },
  { label: 'subject', value: 'a random id that stands for one person or machine in one store' },
  { label: 'access', value: 'a read, issue, export or copy of a secret, or a use of a key' },
  { label: 'unknown', value: 'how it ended is not recorded; never counted as a success' },
  { label: 'echo', value: 'a call that a store made itself behind another one, such as the decryption behind a read' },
];

const LIMITS: readonly Fact[] = [
  {
    label: 'Personal data',
    value:
      'Addresses, sessions, credential ids and user agents are in no report; they can be exported with the right to see them.',
  },
  {
    label: 'Names in paths',
    value:
      'Where a source marks a place in a path as a person’s name, the subject stands there. A name anywhere else in a path stays.',
  },
  {
    label: 'Long lists',
    value: 'A table prints at most 2,000 rows and says so; the file named there has all of them.',
  },
  {
    label: 'CSV files',
    value:
      'A cell that a spreadsheet could take for a formula begins with an apostrophe, which is not in the record. Characters ' +
      'that cannot be seen are written out, as on these pages.',
  },
  {
    label: 'Events with many secrets',
    value:
      'An event that names more secrets than fit in one entry is continued in further entries, each counted as an event.',
  },
];
