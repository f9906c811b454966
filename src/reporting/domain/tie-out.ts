/** One thing counted in two ways. A report whose counts differ is not made. */
export interface TieOutCheck {
  readonly what: string;
  readonly expected: { readonly way: string; readonly count: number };
  readonly counted: { readonly way: string; readonly count: number };
}

/** The counts that a report rests on, from different ways of asking. Echoes are events, but not acts. */
export interface TieOutCounts {
  /** By the store: every entry of the period, and what is taken off to get to the report's events. */
  readonly entries: number;
  readonly own: number;
  readonly waiting: number;
  readonly outside: number;
  /** By the store's groups of outcome and action. */
  readonly grouped: { readonly events: number; readonly acts: number; readonly failedActs: number };
  /** By reading every event. */
  readonly read: {
    readonly events: number;
    readonly echoes: number;
    readonly secretsNamed: number;
    readonly accessesWithoutSecret: number;
    readonly failedActs: number;
    readonly changes: number;
  };
  /** By adding up the lines of the report's tables. */
  readonly listed: {
    readonly byActor: number;
    readonly byActorAndSecret: number;
    readonly failedActs: number;
    readonly changes: number;
    readonly bySecret: number;
  };
}

const READING = 'reading every event';

export function tieOut(counts: TieOutCounts): readonly TieOutCheck[] {
  const { entries, own, waiting, outside, grouped, read, listed } = counts;
  const named = read.secretsNamed + read.accessesWithoutSecret;
  const check = (what: string, expected: [string, number], counted: [string, number]): TieOutCheck => ({
    what,
    expected: { way: expected[0], count: expected[1] },
    counted: { way: counted[0], count: counted[1] },
  });
  return [
    check(
      'Events in this report',
      ['entries less own acts, waiting requests and events outside the filter', entries - own - waiting - outside],
      [READING, read.events],
    ),
    check(
      'Events in this report',
      ['the store’s groups by outcome and action', grouped.events],
      [READING, read.events],
    ),
    check('Events without echoes', ['the store’s groups', grouped.acts], [READING, read.events - read.echoes]),
    check('Events without echoes', ['adding up the actors', listed.byActor], [READING, read.events - read.echoes]),
    check(
      'Secrets named by accesses, and accesses that name none',
      ['adding up actors and secrets', listed.byActorAndSecret],
      [READING, named],
    ),
    check('Secrets named by accesses', ['adding up the secrets', listed.bySecret], [READING, read.secretsNamed]),
    check('Failed attempts', ['the store’s groups', grouped.failedActs], [READING, read.failedActs]),
    check('Failed attempts', ['rows of the list', listed.failedActs], [READING, read.failedActs]),
    check('Changes', ['rows of the list', listed.changes], [READING, read.changes]),
  ];
}

/** The first thing whose two counts differ. */
export function firstDifference(checks: readonly TieOutCheck[]): TieOutCheck | undefined {
  return checks.find(({ expected, counted }) => expected.count !== counted.count);
}
