import { counted } from '../../domain/counted.js';
import type { ActTally } from '../domain/act-tally.js';
import { timeOf } from './event-table.js';

/** A summary of what happened, in a few lines. */
export function tallyLines(tally: ActTally): readonly string[] {
  const { events, reads, changes, rotations, failures, denials, unknown } = tally;
  if (events === 0) return ['no event on the trail is about it; that does not show that nothing happened'];
  const outcomes = [
    `${counted(events, 'event')}: ${counted(reads, 'read')}, ${counted(changes, 'change')}, ${counted(rotations, 'rotation')}`,
    `${counted(failures, 'failure')} (${denials} denied), ${unknown} of unknown outcome`,
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
