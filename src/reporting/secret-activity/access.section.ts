import type { Block, Cell, Section, Table } from '../pdf/report-document.js';
import {
  numberColumn,
  OUTCOME_COLUMNS,
  outcomeCells,
  SPAN_COLUMN,
  spanCell,
  whoCell,
  whoColumn,
  wholeWhoCell,
} from './cells.js';
import { within } from './cover.js';
import type { AccessorLine, AccessLine, Listing, SecretActivityFacts, SecretLine } from './secret-activity-facts.js';
import { REPORT_FILES } from './secret-activity-files.js';

/** Who accessed which secrets. */
export function accessSection(facts: SecretActivityFacts): Section {
  return { heading: 'Who accessed which secrets', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  const { named, scope } = facts.request;
  if (facts.counts.events === 0) {
    return [{ block: 'paragraph', text: `Nothing${within(scope)} was recorded in the period.` }];
  }
  return [
    { block: 'paragraph', text: INTRODUCTION },
    accessorTable('People', facts.people, named),
    accessorTable('Services, workloads and stores', facts.machines, named),
    accessorTable('Actors whose identity was not recorded', facts.unknown, named),
    accessTable(facts.accesses, named),
    secretTable(facts.secrets),
  ];
}

const INTRODUCTION =
  'An access is a recorded read, issue, export, copy or use of a secret. Someone is one identity in one store: the same ' +
  'person with identities in two stores stands here twice. An actor’s number of secrets leaves failed accesses out; a ' +
  'secret’s number of actors counts those whose access succeeded. Times are of the first and the last event, in UTC. The ' +
  'lists are ordered by the number of events, those by actor and secret first by actor.';

function accessorTable(title: string, listing: Listing<AccessorLine>, named: boolean): Table {
  return {
    block: 'table',
    title,
    columns: [
      whoColumn(named),
      numberColumn('Secrets', 45),
      numberColumn('Accesses'),
      numberColumn('Changes', 49),
      numberColumn('Other', 38),
      numberColumn('Failed', 40),
      numberColumn('Unknown'),
      SPAN_COLUMN,
    ],
    rows: listing.lines.map((line) => accessorCells(line, named)),
    total: listing.total,
    attachment: REPORT_FILES.accessors.name,
    whenEmpty: 'None recorded in the period.',
  };
}

function accessorCells(line: AccessorLine, named: boolean): readonly Cell[] {
  const { groups } = line;
  const all = Object.values(groups);
  const succeeded = all.reduce((sum, { success }) => sum + success, 0);
  const accesses = groups.access.success;
  const changes = groups.change.success + groups.rights.success;
  return [
    wholeWhoCell(line, named),
    line.secrets,
    accesses,
    changes,
    succeeded - accesses - changes,
    all.reduce((sum, { failure }) => sum + failure, 0),
    all.reduce((sum, { unknown }) => sum + unknown, 0),
    spanCell(line),
  ];
}

function accessTable(listing: Listing<AccessLine>, named: boolean): Table {
  return {
    block: 'table',
    title: 'Access by actor and secret',
    columns: [whoColumn(named), { header: 'Secret', weight: 126, font: 'code' }, ...OUTCOME_COLUMNS, SPAN_COLUMN],
    rows: listing.lines.map((line) => accessCells(line, named)),
    total: listing.total,
    attachment: REPORT_FILES.accesses.name,
    whenEmpty: 'No access was recorded in the period.',
  };
}

export function accessCells(line: AccessLine, named: boolean): readonly Cell[] {
  return [whoCell(line.who, named), line.secret, ...outcomeCells(line.outcomes), spanCell(line)];
}

function secretTable(listing: Listing<SecretLine>): Table {
  return {
    block: 'table',
    title: 'Access by secret',
    columns: [{ header: 'Secret', weight: 200, font: 'code' }, numberColumn('Actors'), ...OUTCOME_COLUMNS, SPAN_COLUMN],
    rows: listing.lines.map((line) => [line.secret, line.accessors, ...outcomeCells(line.outcomes), spanCell(line)]),
    total: listing.total,
    attachment: REPORT_FILES.secrets.name,
    whenEmpty: 'No access to a named secret was recorded in the period.',
  };
}
