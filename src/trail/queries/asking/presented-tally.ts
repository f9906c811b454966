import type { ActTally } from '../../domain/act-tally.js';
import { sortKeyText } from '../../domain/sort-key.js';

/** A tally with its times in RFC 3339. */
export function presentTally(tally: ActTally): ActTally {
  const times = ['first', 'last', 'lastRead', 'lastChange', 'lastRotation'] as const;
  const shown = times.flatMap((name) => {
    const time = tally[name];
    return time === undefined ? [] : [[name, sortKeyText(time)] as const];
  });
  return { ...tally, ...Object.fromEntries(shown) };
}
