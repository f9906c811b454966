import { CHANGES, READS } from './action-groups.js';

/** Events of one action, outcome and reason. Times are sort keys. */
export interface ActGroup {
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** What happened, counted. An act whose outcome is not known is neither a success nor a failure. */
export interface ActTally {
  readonly events: number;
  /** That succeeded. A rotation is no change here. */
  readonly reads: number;
  readonly changes: number;
  readonly rotations: number;
  readonly failures: number;
  /** Of the failures. */
  readonly denials: number;
  readonly unknown: number;
  /** Sort keys. */
  readonly first?: string;
  readonly last?: string;
  readonly lastRead?: string;
  readonly lastChange?: string;
  readonly lastRotation?: string;
}

const reads: ReadonlySet<string> = new Set(READS);
const changes: ReadonlySet<string> = new Set(CHANGES);

export function tallyActs(groups: readonly ActGroup[]): ActTally {
  const done = groups.filter(({ outcome }) => outcome === 'success');
  const failed = groups.filter(({ outcome }) => outcome === 'failure');
  const read = done.filter(({ action }) => reads.has(action));
  const changed = done.filter(({ action }) => changes.has(action));
  const rotated = done.filter(({ action }) => action === 'secret.rotate');
  return {
    events: sum(groups),
    reads: sum(read),
    changes: sum(changed),
    rotations: sum(rotated),
    failures: sum(failed),
    denials: sum(failed.filter(({ reason }) => reason === 'denied')),
    unknown: sum(groups.filter(({ outcome }) => outcome === 'unknown')),
    ...present({
      first: groups.map(({ first }) => first).sort()[0],
      last: latest(groups),
      lastRead: latest(read),
      lastChange: latest(changed),
      lastRotation: latest(rotated),
    }),
  };
}

function sum(groups: readonly ActGroup[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

function latest(groups: readonly ActGroup[]): string | undefined {
  return groups
    .map(({ last }) => last)
    .sort()
    .at(-1);
}

function present<Times extends Record<string, string | undefined>>(times: Times): { [Key in keyof Times]?: string } {
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined)) as {
    [Key in keyof Times]?: string;
  };
}
