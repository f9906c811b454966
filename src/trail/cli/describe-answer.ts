import { escapeHidden } from '../../domain/hidden-text.js';
import type { Answer, PagedAnswer } from '../queries/asking/asked.js';

/** How much of the log an answer reflects, and how much of the answer is shown: never left unsaid. */
export function describeAnswer(answer: Answer & Pick<PagedAnswer, 'next'>, shown?: number): string {
  const { events, seconds } = answer.lag;
  const behind = events === 0 ? 'all that is recorded' : `${events} recorded events (${seconds} s) not yet in it`;
  const more = answer.next === undefined ? '' : `; there are more than the ${shown ?? 0} shown, see --limit`;
  return `as of ${answer.asOf}, ${behind}${more}`;
}

/** A JSON text in one line, in which no character turns the direction of writing or hides. */
export function jsonLine(value: unknown): string {
  return escapeHidden(JSON.stringify(value));
}
