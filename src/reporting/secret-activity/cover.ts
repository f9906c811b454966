import { momentWords, type ReportPeriod } from '../domain/report-period.js';
import type { ReportScope } from '../domain/report-run.js';
import type { Cell, Cover, Fact, Marking } from '../pdf/report-document.js';
import { whoCell } from './cells.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

export const TITLE = 'Secret activity';

export function marking(named: boolean): Marking {
  return named
    ? {
        text: 'NAMED: CONTAINS PERSONAL DATA',
        detail: 'Names, e-mails and the identifiers of stores are printed beside the subject ids. Keep it as such.',
        tone: 'alert',
      }
    : {
        text: 'Pseudonymous',
        detail: 'People and machines are shown by their subject id. No names, addresses or user agents are printed.',
        tone: 'plain',
      };
}

/** `2026-01-01 to 2026-02-01 (UTC, the end not included)`. */
export function periodWords({ from, to }: ReportPeriod): string {
  return `${momentWords(from)} to ${momentWords(to)} (UTC, the end not included)`;
}

export function cover(facts: SecretActivityFacts): Cover {
  return {
    kind: 'Access report',
    subtitle: periodWords(facts.request.period),
    facts: coverFacts(facts),
    statement: STATEMENT,
  };
}

function coverFacts(facts: SecretActivityFacts): readonly Fact[] {
  const { request, start, comparison, counts } = facts;
  return [
    { label: 'Period', value: periodWords(request.period) },
    { label: 'Compared with', value: periodWords(comparison) },
    { label: 'Filter', value: filterWords(request.scope) },
    {
      label: 'Events in this report',
      value: counts.events === 0 ? `no events${within(request.scope)} in the period` : counts.events,
    },
    { label: 'As of log position', value: start.asOf, font: 'code' },
    { label: 'Run', value: facts.runId, font: 'code' },
    { label: 'Requested by', value: whoCell(facts.requester, request.named), font: request.named ? 'text' : 'code' },
    { label: 'Requested at', value: `${momentWords(facts.requestedAt)} UTC` },
    { label: 'Made at', value: `${momentWords(start.at)} UTC` },
    { label: 'Made by', value: `Keytrail ${start.version}` },
  ];
}

/** The filter in words, one term a line. */
export function filterWords({ words }: ReportScope): Cell {
  return words.length === 0 ? 'none: everything on the trail' : words;
}

/** What a sentence about the report's events says where a filter leaves others out: what is outside it is not told of. */
export function within({ words }: ReportScope): string {
  return words.length === 0 ? '' : ' within the filter';
}

const STATEMENT: readonly string[] = [
  'This report presents what the Keytrail audit trail recorded for the period and scope stated. It is evidence for ' +
    'those who review access; it is not an audit opinion, attestation or certification, and it does not state that an ' +
    'organisation complies with any law.',
  'It covers only activity that was reported to Keytrail by the sources named in it. What no source reported is not in ' +
    'it: where the report says that something was not seen, read the coverage of the sources beside it.',
  'Keytrail does not yet publish signed checkpoints of its log. That the log was not altered by whoever operates it is ' +
    'not shown by this report.',
];
