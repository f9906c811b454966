import type { StateKey, StateStore } from '../../storage/state-store/state-store.port.js';
import type { PartitionHolding } from '../partition-holding.js';
import { isOutage } from '../poison-event.js';
import { Signal } from '../signal.js';
import { beat, heldBy, leave, NO_SHARES, type PartitionShares } from './partition-shares.js';

export interface SharingOptions {
  /** Of the work that is shared: a consumer's name. */
  readonly name: string;
  /** This process, under a new id at each start. */
  readonly me: string;
  readonly version: string;
  readonly partitions: number;
  /** Between two signs of life, and without one until a member counts as dead. Milliseconds. */
  readonly beatMs: number;
  readonly deadMs: number;
}

export const SHARING_DEFAULTS = { beatMs: 1_000, deadMs: 6_000 } as const;

const COLLECTION = 'shares';
const RACES = 8;

/**
 * Takes part in the sharing of partitions between replicas, by one document in the state store. Nobody's clock is compared
 * with another's: a member is dead when its beat has stood still for `deadMs` of mine. Whoever can't give a sign of life for
 * that long holds nothing any more, so that it stops before others begin. That is for order only: what a holder writes is
 * bound to checkpoints that move by compare-and-set.
 */
export class PartitionSharing implements PartitionHolding {
  readonly #place: StateKey;
  readonly #ended = new Signal();
  readonly #listeners = new Set<() => void>();
  readonly #seen = new Map<string, { readonly beat: number; readonly at: number }>();
  #held: ReadonlyMap<number, number> = new Map();
  #beatenAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;
  #stopping = false;

  constructor(
    private readonly state: StateStore,
    private readonly options: SharingOptions,
    /** Milliseconds that only rise: not the time of day. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.#place = { collection: COLLECTION, id: options.name };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Lets go of everything, so that others need not wait. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#ended.raise();
    await this.#running;
    this.#hold(new Map());
    await this.#change((shares) => leave(shares, this.options.me)).catch(throwUnlessOutage);
  }

  get held(): ReadonlyMap<number, number> {
    return this.elapsed() - this.#beatenAt < this.options.deadMs ? this.#held : new Map();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Gives a sign of life, and takes or lets go. */
  async beat(): Promise<void> {
    const { me, version, partitions } = this.options;
    const begun = this.elapsed();
    const shares = await this.#change((before) => beat(before, { me, version, partitions, dead: this.#dead(before) }));
    // A race lost so often is a sign of life of others, not of mine.
    if (!shares) return;
    this.#beatenAt = begun;
    this.#hold(heldBy(shares, me));
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      await this.beat().catch(throwUnlessOutage);
      if (this.held.size === 0) this.#hold(new Map());
      await this.#ended.wait(this.options.beatMs);
    }
  }

  async #change(decide: (before: PartitionShares) => PartitionShares): Promise<PartitionShares | undefined> {
    for (let race = 0; race < RACES; race += 1) {
      const document = await this.state.get(this.#place);
      const value = decide((document?.value as PartitionShares | undefined) ?? NO_SHARES);
      const written = await this.state.put({ ...this.#place, expected: document?.version ?? 0, value });
      if (written) return value;
    }
    return undefined;
  }

  #dead({ members }: PartitionShares): ReadonlySet<string> {
    const now = this.elapsed();
    const dead = new Set<string>();
    for (const [id, { beat: told }] of Object.entries(members)) {
      const seen = this.#seen.get(id);
      if (seen?.beat !== told) this.#seen.set(id, { beat: told, at: now });
      else if (now - seen.at >= this.options.deadMs) dead.add(id);
    }
    return dead;
  }

  #hold(held: ReadonlyMap<number, number>): void {
    const changed =
      held.size !== this.#held.size || [...held].some(([partition, fence]) => this.#held.get(partition) !== fence);
    this.#held = held;
    if (changed) for (const listener of this.#listeners) listener();
  }
}

/** A state store that does not answer is asked again at the next beat. */
function throwUnlessOutage(error: unknown): void {
  if (!isOutage(error)) throw error;
}
