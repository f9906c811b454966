import type { Block, Section, Table } from '../pdf/report-document.js';
import { accessCells } from './access.section.js';
import { OUTCOME_COLUMNS, SPAN_COLUMN, whoColumn } from './cells.js';
import { periodWords, within } from './cover.js';
import type { AccessLine, Listing, SecretActivityFacts } from './secret-activity-facts.js';
import { REPORT_FILES } from './secret-activity-files.js';

/** Who came and who stayed away, secret by secret. */
export function turnoverSection(facts: SecretActivityFacts): Section {
  return { heading: 'New and lapsed access', blocks: blocks(facts) };
}

function blocks(facts: SecretActivityFacts): readonly Block[] {
  const { comparison, earlierEvents, gained, lapsed, request } = facts;
  const intro: Block = {
    block: 'paragraph',
    text:
      `Compared with ${periodWords(comparison)}. New: an actor accessed a secret in the period, and no successful access ` +
      'of this actor to it was seen in the comparison period. Lapsed: the reverse. An access whose outcome is unknown ' +
      'counts as an access in the period, and as none in the comparison period. Actors whose identity was not recorded ' +
      'cannot be compared and are left out. Where a source was not delivering in one of the two periods, its accesses ' +
      'look new or lapsed for that reason alone: the silences of the period are told with the sources, those of the ' +
      'comparison period are not in this report.',
  };
  if (earlierEvents === 0) return [intro, noComparison(within(request.scope))];
  return [
    intro,
    table('New access', gained, request.named, REPORT_FILES.gained.name),
    table('Lapsed access: counts and times of the comparison period', lapsed, request.named, REPORT_FILES.lapsed.name),
  ];
}

function noComparison(withinFilter: string): Block {
  return {
    block: 'note',
    tone: 'plain',
    title: 'Nothing to compare with',
    text:
      `No events${withinFilter} were recorded in the comparison period, so new and lapsed access cannot be told. The CSV ` +
      'files list every access as new.',
  };
}

function table(title: string, listing: Listing<AccessLine>, named: boolean, attachment: string): Table {
  return {
    block: 'table',
    title,
    columns: [whoColumn(named), { header: 'Secret', weight: 126, font: 'code' }, ...OUTCOME_COLUMNS, SPAN_COLUMN],
    rows: listing.lines.map((line) => accessCells(line, named)),
    total: listing.total,
    attachment,
    whenEmpty: 'None seen.',
  };
}
