import { sumOutcomes } from '../domain/activity-tally.js';
import { rejectedRecords } from '../domain/intake-tally.js';
import { momentWords } from '../domain/report-period.js';
import { durationText } from '../domain/utc-text.js';
import type { Note } from '../pdf/report-document.js';
import { counted, grouped } from './cells.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

type Point = (facts: SecretActivityFacts) => readonly [title: string, text: string] | undefined;

/** What bears on how far the counts can be relied on, and what a reviewer would ask about first. */
export function pointsToLookAt(facts: SecretActivityFacts): readonly Note[] {
  return POINTS.flatMap((point) => {
    const told = point(facts);
    return told ? [{ block: 'note', tone: 'alert', title: told[0], text: told[1] }] : [];
  });
}

const POINTS: readonly Point[] = [
  ({ start, request }) =>
    Date.parse(start.at) < Date.parse(request.period.to)
      ? [
          'The period was not over',
          `The report was made at ${momentWords(start.at)} UTC. It covers the period up to then.`,
        ]
      : undefined,
  ({ start }) =>
    start.behind > 0
      ? [
          'Events recorded, but not in this report yet',
          `${counted(start.behind, 'event')} stood on the log when the report was made and had not reached its views.`,
        ]
      : undefined,
  ({ sources, coverage }) => {
    const silent = sources.filter(({ silences }) => silences.total > 0);
    return silent.length === 0
      ? undefined
      : [
          'Sources were silent',
          `From ${counted(silent.length, 'source')} nothing was recorded for ${durationText(coverage.silence)} or ` +
            'longer. Whether nothing happened there or nothing was delivered is not recorded.',
        ];
  },
  ({ intake }) =>
    intake.interruptions.total === 0
      ? undefined
      : [
          'Recording was interrupted',
          `${counted(intake.interruptions.total, 'time')} since the period began nothing could be recorded. What was ` +
            'refused then is in the trail only if its sender sent it again.',
        ],
  ({ intake }) => {
    const rejected = intake.sources.reduce((sum, source) => sum + rejectedRecords(source), 0);
    return rejected === 0
      ? undefined
      : [
          'Records were not understood',
          `${counted(rejected, 'record')} delivered since the period began could not be read and ${rejected === 1 ? 'is' : 'are'} in no ` +
            'count. The list of dead letters tells where each one lies.',
        ];
  },
  ({ counts }) => {
    const denied = counts.reasons.get('denied') ?? 0;
    return counts.failedActs === 0
      ? undefined
      : [
          'Attempts failed',
          `${counted(counts.failedActs, 'failed attempt was', 'failed attempts were')} recorded, ${grouped(denied)} of ` +
            'them because access was denied.',
        ];
  },
  ({ counts }) =>
    counts.outcomes.unknown === 0
      ? undefined
      : [
          'Outcomes are unknown',
          `Of ${counted(counts.outcomes.unknown, 'event')} it is not recorded how they ended. ` +
            `${grouped(counts.groups.access.unknown)} of them may have been an access.`,
        ],
  ({ gained, earlierEvents, request }) =>
    earlierEvents === 0 || gained.total === 0
      ? undefined
      : [
          'New access',
          `${counted(gained.total, 'pair')} of actor and secret ${gained.total === 1 ? 'was' : 'were'} seen in the period, ` +
            `not in the comparison period before ${momentWords(request.period.from)}.`,
        ],
  ({ counts }) =>
    sumOutcomes(counts.groups.other) === 0
      ? undefined
      : [
          'Acts without a name of their own',
          `${counted(sumOutcomes(counts.groups.other), 'event is', 'events are')} of the kind "other": the mapping has no ` +
            'action for what the store recorded. events.csv has the name the store gave it.',
        ],
];
