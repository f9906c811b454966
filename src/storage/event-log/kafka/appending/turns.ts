import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { faultOfCode, KafkaFault, toFault } from '../driver/kafka-fault.js';
import type { PartitionQueue } from './partition-queue.js';

/** One more than a broker works on, so that the next is ready when it is. */
const REQUESTS_PER_BROKER = 2;

export interface TurnParts {
  readonly cluster: KafkaCluster;
  readonly queues: readonly PartitionQueue[];
  readonly requestBytes: number;
  /** Never throws. */
  readonly send: (leader: number, queues: readonly PartitionQueue[]) => Promise<void>;
  /** The partitions' leaders can't be found out now. */
  readonly leaderless: (queues: readonly PartitionQueue[], fault: KafkaFault) => void;
}

/** Decides which partitions' records go in the next requests, and when. */
export class Turns {
  readonly #onTheWay = new Map<number, number>();
  #due = false;
  #lookingUp = false;
  #stopped = false;
  #first = 0;
  #timer: NodeJS.Timeout | undefined;
  #idle = Promise.withResolvers<undefined>();

  constructor(private readonly parts: TurnParts) {}

  /** Once this thread's present work is done, so that what is appended together is sent together. */
  soon(): void {
    if (this.#due || this.#stopped) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#turn();
    });
  }

  /** Begins nothing more. Resolves when nothing is on its way. */
  stop(): Promise<undefined> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#checkIdle();
    return this.#idle.promise;
  }

  #turn(): void {
    if (this.#stopped) return;
    const now = performance.now();
    const ready = this.#inTurn().filter((queue) => queue.hasWork && !queue.onTheWay);
    const due = ready.filter(({ notBefore }) => notBefore <= now);
    const leaderless: PartitionQueue[] = [];
    for (const [leader, queues] of this.#byLeader(due, leaderless)) this.#begin(leader, queues);
    if (leaderless.length > 0) void this.#lookUp(leaderless);
    const waits = ready.map(({ notBefore }) => notBefore - now).filter((wait) => wait > 0);
    if (waits.length > 0) this.#wakeIn(Math.min(...waits));
  }

  /** Another partition is first each time. */
  #inTurn(): readonly PartitionQueue[] {
    const { queues } = this.parts;
    this.#first = (this.#first + 1) % queues.length;
    return [...queues.slice(this.#first), ...queues.slice(0, this.#first)];
  }

  #byLeader(due: readonly PartitionQueue[], leaderless: PartitionQueue[]): ReadonlyMap<number, PartitionQueue[]> {
    const groups = new Map<number, PartitionQueue[]>();
    for (const queue of due) {
      const leader = this.parts.cluster.leaderOf(queue.partition);
      if (leader === undefined) leaderless.push(queue);
      else groups.set(leader, [...(groups.get(leader) ?? []), queue]);
    }
    return groups;
  }

  #begin(leader: number, queues: readonly PartitionQueue[]): void {
    const waiting = [...queues];
    while (waiting.length > 0 && (this.#onTheWay.get(leader) ?? 0) < REQUESTS_PER_BROKER) {
      const together: PartitionQueue[] = [];
      let bytes = 0;
      while (waiting[0] && (together.length === 0 || bytes + waiting[0].waitingBytes <= this.parts.requestBytes)) {
        bytes += waiting[0].waitingBytes;
        together.push(...waiting.splice(0, 1));
      }
      void this.#request(leader, together);
    }
  }

  async #request(leader: number, queues: readonly PartitionQueue[]): Promise<void> {
    this.#count(leader, 1);
    for (const queue of queues) queue.onTheWay = true;
    await this.parts.send(leader, queues);
    for (const queue of queues) queue.onTheWay = false;
    this.#count(leader, -1);
    this.soon();
    this.#checkIdle();
  }

  #count(leader: number, change: number): void {
    const count = (this.#onTheWay.get(leader) ?? 0) + change;
    if (count > 0) this.#onTheWay.set(leader, count);
    else this.#onTheWay.delete(leader);
  }

  async #lookUp(leaderless: readonly PartitionQueue[]): Promise<void> {
    if (this.#lookingUp) return;
    this.#lookingUp = true;
    try {
      const { topicCode } = await this.parts.cluster.refresh();
      const still = leaderless.filter(({ partition }) => this.parts.cluster.leaderOf(partition) === undefined);
      this.parts.leaderless(still, topicCode === 0 ? new KafkaFault('no-leader', true) : faultOfCode(topicCode));
    } catch (error) {
      this.parts.leaderless(leaderless, toFault(error));
    }
    this.#lookingUp = false;
    this.soon();
    this.#checkIdle();
  }

  #wakeIn(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.soon();
    }, wait);
  }

  #checkIdle(): void {
    if (this.#stopped && this.#onTheWay.size === 0 && !this.#lookingUp) this.#idle.resolve(undefined);
  }
}
