import type { JsonObject } from '../../domain/canonical-json.js';

/** One process that takes part. Others take it for dead once its beat has stood still for long enough by their own clocks. */
export interface Member extends JsonObject {
  /** One more at each sign of life. */
  readonly beat: number;
  /** Its Keytrail version, for whoever looks at who is there. */
  readonly version: string;
}

/** Who works on a partition. */
export interface Share extends JsonObject {
  readonly holder: string | null;
  /** One more with each holder. What a holder does elsewhere carries it, and is refused once a later one was seen. */
  readonly fence: number;
}

/** Which replica works on which partition: one document, changed by compare-and-set by every replica at each beat. */
export interface PartitionShares extends JsonObject {
  readonly members: Readonly<Record<string, Member>>;
  readonly partitions: readonly Share[];
}

export interface Beat {
  readonly me: string;
  readonly version: string;
  readonly partitions: number;
  /** Members whose beat has stood still for longer than the bound, by the clock of who asks. */
  readonly dead: ReadonlySet<string>;
}

export const NO_SHARES: PartitionShares = { members: {}, partitions: [] };

/**
 * The shares after a sign of life: the dead are gone and their partitions free, I have let go of what is more than my share
 * where somebody has less, and have taken what is free up to it. Nobody takes what another holds: it is let go of first.
 */
export function beat(before: PartitionShares, { me, version, partitions, dead }: Beat): PartitionShares {
  const alive = Object.entries(before.members).filter(([id]) => id !== me && !dead.has(id));
  const mine: Member = { beat: (before.members[me]?.beat ?? 0) + 1, version };
  const members = Object.fromEntries([...alive, [me, mine] as const]);
  const shares = Array.from({ length: partitions }, (_, partition) => freed(before.partitions[partition], members));
  return { members, partitions: keepOrTake(shares, me, mostFor(me, shares, members)) };
}

/** The shares once I am gone by my own will. */
export function leave(before: PartitionShares, me: string): PartitionShares {
  const { [me]: _gone, ...members } = before.members;
  return { members, partitions: before.partitions.map((share) => freed(share, members)) };
}

/** What a member holds, with the fences. */
export function heldBy({ partitions }: PartitionShares, member: string): ReadonlyMap<number, number> {
  return new Map(
    partitions.flatMap(({ holder, fence }, partition) => (holder === member ? [[partition, fence] as const] : [])),
  );
}

function freed(share: Share | undefined, members: PartitionShares['members']): Share {
  if (!share) return { holder: null, fence: 0 };
  return share.holder !== null && share.holder in members ? share : { ...share, holder: null };
}

/**
 * How many I may hold: an equal share, rounded up only while nobody else has less than one rounded down. So what I let go of
 * is left to who has too little.
 */
function mostFor(me: string, shares: readonly Share[], members: PartitionShares['members']): number {
  const counts = new Map(Object.keys(members).map((id) => [id, 0]));
  for (const { holder } of shares) if (holder !== null) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  const equal = shares.length / counts.size;
  const others = [...counts].filter(([id]) => id !== me);
  return others.some(([, count]) => count < Math.floor(equal)) ? Math.floor(equal) : Math.ceil(equal);
}

/** Keeps the first `most` of mine, and takes what is free as long as I have fewer. */
function keepOrTake(shares: readonly Share[], me: string, most: number): readonly Share[] {
  let room = most;
  const kept = shares.map((share) => (share.holder === me && (room -= 1) < 0 ? { ...share, holder: null } : share));
  return kept.map((share, partition) => {
    const isFree = share.holder === null && shares[partition]?.holder === null;
    return isFree && (room -= 1) >= 0 ? { holder: me, fence: share.fence + 1 } : share;
  });
}
