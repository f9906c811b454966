import type { ActTally } from '../domain/act-tally.js';
import { timeOf } from './event-table.js';

/** A summary of what happened, in a few lines. */
export function tallyLines(tally: ActTally): readonly string[] {
  const { events, reads, changes, rotations, failures, denials, unknown } = tally;
  const outcomes = [
    `${events} events: ${reads} reads, ${changes} changes, ${rotations} rotations`,
    `${failures} failures (${denials} denied), ${unknown} of unknown outcome`,
  ];
  const times = [
    ['first', tally.first],
    ['last', tally.last],
    ['last read', tally.lastRead],
    ['last change', tally.lastChange],
    ['last rotation', tally.lastRotation],
  ].flatMap(([name, time]) => (time === undefined ? [] : [`${name} ${timeOf(time)}`]));
  return times.length === 0 ? outcomes : [...outcomes, times.join(', ')];
}
