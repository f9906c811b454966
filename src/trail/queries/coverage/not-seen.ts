import { counted } from '../../../domain/counted.js';
import type { InterruptionAnswer, SourceCoverageAnswer } from './coverage.query.js';

/** A source that was silent for longer than this is named. */
const SILENCE_SECONDS = 86_400;

/** What was not seen, said plainly. It ends with what no trail can know. */
export function notSeen(
  sources: readonly SourceCoverageAnswer[],
  interruptions: readonly InterruptionAnswer[],
): readonly string[] {
  return [
    ...(sources.length === 0 ? ['Nothing was recorded from any source in this period.'] : []),
    ...sources.flatMap(ofSource),
    ...interruptions.map(interruptionText),
    'Of a source that is not listed here, and of what a source does not log, nothing is known.',
  ];
}

function interruptionText({ from, to, refused, cause }: InterruptionAnswer): string {
  const requests = `${counted(refused, 'request was', 'requests were')} refused`;
  if (cause === 'down') return `The service did not run from ${from} to ${to}: nothing could be recorded.`;
  if (cause === 'storage') return `Nothing could be recorded from ${from} to ${to}; ${requests}.`;
  return `More came than could be taken from ${from} to ${to}; ${requests}.`;
}

type Fact = (source: SourceCoverageAnswer) => string | false;

const FACTS: readonly Fact[] = [
  ({ events }) => events === 0 && 'no event in this period',
  ({ events, silentSeconds = 0, last }) =>
    events > 0 && silentSeconds > SILENCE_SECONDS && `nothing after ${last ?? 'its events without a sure time'}`,
  ({ events, silentDays, silentDaysFrom }) =>
    events > 0 &&
    silentDays > 0 &&
    `${counted(silentDays, 'day')} without any event${silentDaysFrom === undefined ? '' : ` since ${silentDaysFrom}; what came before was not looked at`}`,
  ({ delivered }) =>
    delivered.rejected > 0 && `${counted(delivered.rejected, 'record was', 'records were')} not understood`,
  ({ openDeadLetters }) =>
    openDeadLetters > 0 && `${counted(openDeadLetters, 'dead letter is', 'dead letters are')} open`,
  ({ unknownOutcomes }) => unknownOutcomes > 0 && `the outcome of ${counted(unknownOutcomes, 'event')} is not known`,
  ({ delivered }) =>
    delivered.conflicts > 0 &&
    `${counted(delivered.conflicts, 'record contradicts another', 'records contradict others')} of the same id`,
  ({ doubles }) =>
    doubles > 0 &&
    `${counted(doubles, 'event', 'events')} came under an id that another act had before: which of them is genuine is not known`,
];

function ofSource(source: SourceCoverageAnswer): readonly string[] {
  return FACTS.flatMap((fact) => {
    const said = fact(source);
    return said === false ? [] : [`${source.kind} ${source.instance}: ${said}.`];
  });
}
