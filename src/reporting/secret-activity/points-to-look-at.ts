import { sumOutcomes } from '../domain/activity-tally.js';
import { rejectedRecords } from '../domain/intake-tally.js';
import { momentWords } from '../domain/report-period.js';
import { durationText } from '../domain/utc-text.js';
import type { Block, Cell } from '../pdf/report-document.js';
import { grouped, numberColumn } from './cells.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

/** Something that bears on the counts, and how often. Left out where it is not there. */
interface Point {
  readonly title: string;
  readonly count: (facts: SecretActivityFacts) => number;
  readonly text: (facts: SecretActivityFacts) => string;
}

/** What bears on how far the counts can be relied on, then what a reviewer would ask about first. */
export function pointsToLookAt(facts: SecretActivityFacts): readonly Block[] {
  return [
    ...table('What limits these counts', LIMITS, 'alert', facts),
    ...table('What a reviewer would ask about first', QUESTIONS, 'strong', facts),
  ];
}

function table(
  title: string,
  points: readonly Point[],
  tone: 'alert' | 'strong',
  facts: SecretActivityFacts,
): readonly Block[] {
  const rows = points
    .map((point) => ({ point, count: point.count(facts) }))
    .filter(({ count }) => count > 0)
    .map(({ point, count }): readonly Cell[] => [{ text: point.title, tone }, count, point.text(facts)]);
  if (rows.length === 0) return [];
  const columns = [
    { header: 'Point', weight: 110 },
    numberColumn('Count', 44),
    { header: 'What is recorded', weight: 330 },
  ];
  return [{ block: 'table', title, columns, rows, total: rows.length, whenEmpty: '' }];
}

const LIMITS: readonly Point[] = [
  {
    title: 'Period not over',
    count: ({ start, request }) => (Date.parse(start.at) < Date.parse(request.period.to) ? 1 : 0),
    text: ({ start }) => `The report was made at ${momentWords(start.at)} UTC and covers the period up to then.`,
  },
  {
    title: 'Events not in the views',
    count: ({ start }) => start.behind,
    text: () => 'They stood on the log when the report was made, but are not in this report.',
  },
  {
    title: 'Silent sources',
    count: ({ sources }) => sources.filter(({ silences }) => silences.total > 0).length,
    text: ({ coverage }) =>
      `From each of them nothing was recorded for ${durationText(coverage.silence)} or longer. Whether nothing happened ` +
      'there or nothing was delivered is not recorded.',
  },
  {
    title: 'Interruptions',
    count: ({ intake }) => intake.interruptions.total,
    text: () =>
      'So often not everything could be recorded for some time since the period began, or the service did not run. What was refused then is on the trail ' +
      'only if its sender sent it again.',
  },
  {
    title: 'Records not understood',
    count: ({ intake }) => intake.sources.reduce((sum, source) => sum + rejectedRecords(source), 0),
    text: () =>
      'Delivered since the period began, and in no count: what they would have said is not known. The list of dead ' +
      'letters tells where each one lies.',
  },
  {
    title: 'Unknown outcomes',
    count: ({ counts }) => counts.outcomes.unknown,
    text: ({ counts }) =>
      `How these events ended is not recorded. Accesses among them: ${orNone(counts.groups.access.unknown)}.`,
  },
];

function orNone(count: number): string {
  return count === 0 ? 'none' : grouped(count);
}

const QUESTIONS: readonly Point[] = [
  {
    title: 'Failed attempts',
    count: ({ counts }) => counts.failedActs,
    text: ({ counts }) => `Access was denied in ${orNone(counts.reasons.get('denied') ?? 0)} of them.`,
  },
  {
    title: 'New access',
    count: ({ gained, earlierEvents }) => (earlierEvents === 0 ? 0 : gained.total),
    text: ({ comparison }) =>
      `Pairs of actor and secret seen in the period, not in the comparison period from ${momentWords(comparison.from)}.`,
  },
  {
    title: 'Lapsed access',
    count: ({ lapsed, earlierEvents }) => (earlierEvents === 0 ? 0 : lapsed.total),
    text: () =>
      'Pairs seen in the comparison period, not in the period: a right that may no longer be needed, or a source that was ' +
      'not delivering.',
  },
  {
    title: 'Changes of rights or stores',
    count: ({ counts }) => sumOutcomes(counts.groups.rights),
    text: () => 'Grants and revocations of access and changes of a store itself.',
  },
  {
    title: 'Accesses without a name',
    count: ({ unknown }) => unknown.lines.reduce((sum, { groups }) => sum + groups.access.success, 0),
    text: () => 'Successful accesses whose actor was not recorded.',
  },
  {
    title: 'Other acts',
    count: ({ counts }) => sumOutcomes(counts.groups.other),
    text: () => 'The mapping has no action for what the store recorded. events.csv has the store’s own name for it.',
  },
];
