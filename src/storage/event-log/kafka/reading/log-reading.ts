import type { KeytrailError } from '../../../../domain/errors.js';
import type { LogPoint } from '../../../../domain/position.js';
import type { StoredRecord } from '../../event-log.port.js';
import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { KafkaFault } from '../driver/kafka-fault.js';
import { persist } from '../driver/persist.js';
import type { KafkaLimits } from '../kafka-options.js';
import { notOnThisLog } from '../not-on-this-log.js';
import { EARLIEST, LATEST } from '../wire/offsets-call.js';
import { fairCounts, type PageShare } from './fair-page.js';
import { KeptRecords } from './kept-records.js';
import { LogFetcher, type Fetched } from './log-fetcher.js';
import { readOffsets } from './log-offsets.js';

export interface ReadingOptions {
  readonly epoch: number;
  readonly partitions: number;
  /** At least one whole batch of the topic. */
  readonly partitionBytes: number;
  readonly waitMs: number;
  readonly limits: KafkaLimits;
}

/** Where one partition stands while a page is put together. */
interface Share extends PageShare<StoredRecord> {
  readonly from: number;
  records: readonly StoredRecord[];
  next: number;
  state: 'open' | 'end' | 'not_there' | KafkaFault;
}

/** Reads pages of the log by offset. Nothing is remembered at the brokers: a reader is where its point is. */
export class LogReading {
  readonly #kept: KeptRecords;
  readonly #fetcher: LogFetcher;
  #first = 0;

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: ReadingOptions,
  ) {
    this.#kept = new KeptRecords(options.limits.keptBytes);
    this.#fetcher = new LogFetcher(cluster, options, options.limits);
  }

  async end(): Promise<LogPoint> {
    const { epoch, waitMs } = this.options;
    return { epoch, next: await readOffsets(this.cluster, this.#all(), LATEST, waitMs) };
  }

  begin(): Promise<readonly number[]> {
    return readOffsets(this.cluster, this.#all(), EARLIEST, this.options.waitMs);
  }

  async read(from: LogPoint, limit: number, partitions = this.#all()): Promise<readonly StoredRecord[]> {
    if (from.epoch !== this.options.epoch || from.next.length > this.options.partitions)
      throw notOnThisLog(from, await this.end());
    const shares = this.#inTurn(partitions).map((partition) => this.#share(partition, from.next[partition] ?? 0));
    const found = (): number => shares.reduce((sum, { records }) => sum + records.length, 0);
    if (found() < limit) {
      await persist(() => this.#fill(shares, found), {
        waitMs: this.options.waitMs,
        onFault: () => {
          this.cluster.forget();
        },
      });
    }
    if (shares.some(({ state }) => state === 'not_there')) await this.#assertThere(from, shares);
    return this.#page(shares, limit);
  }

  #all(): readonly number[] {
    return Array.from({ length: this.options.partitions }, (_, partition) => partition);
  }

  /** Another partition is first each time: what a full answer leaves out is not always the same. */
  #inTurn(partitions: readonly number[]): readonly number[] {
    this.#first += 1;
    const first = this.#first % Math.max(1, partitions.length);
    return [...partitions.slice(first), ...partitions.slice(0, first)];
  }

  #share(partition: number, from: number): Share {
    const kept = this.#kept.take(partition, from);
    return { partition, from, records: kept?.records ?? [], next: kept?.next ?? from, state: 'open' };
  }

  /**
   * Ends when there is something to give out, or nothing anywhere. A partition that does not answer keeps back no other,
   * but alone it is no end either.
   */
  async #fill(shares: readonly Share[], found: () => number): Promise<void> {
    for (;;) {
      const open = shares.filter(
        ({ records, state }) => records.length === 0 && state !== 'end' && state !== 'not_there',
      );
      if (open.length === 0) return;
      const fetched = await this.#fetcher.fetch(open.map(({ partition, next: offset }) => ({ partition, offset })));
      for (const answer of fetched)
        apply(
          shares.find(({ partition }) => partition === answer.partition),
          answer,
        );
      const fault = shares.map(({ state }) => state).find((state) => state instanceof KafkaFault);
      if (fault) this.cluster.forget();
      if (found() > 0 || shares.some(({ state }) => state === 'not_there')) return;
      if (fault) throw fault;
    }
  }

  /** A new leader may not know yet how far its log is good, so the offsets are asked for before anything is said. */
  async #assertThere(from: LogPoint, shares: readonly Share[]): Promise<void> {
    const [end, begin] = await Promise.all([this.end(), this.begin()]);
    const lost = shares.some(({ partition, from: offset }) => {
      return offset > (end.next[partition] ?? 0) || offset < (begin[partition] ?? 0);
    });
    if (lost) throw this.#lost(from, end);
    if (shares.every(({ records }) => records.length === 0)) throw new KafkaFault('no-answer', true);
  }

  #lost(from: LogPoint, end: LogPoint): KeytrailError {
    this.#kept.clear();
    return notOnThisLog(from, end);
  }

  #page(shares: readonly Share[], limit: number): readonly StoredRecord[] {
    const counts = fairCounts(shares, limit);
    return shares.flatMap(({ partition, from, records, next }, index) => {
      const given = records.slice(0, counts[index] ?? 0);
      const rest = records.slice(given.length);
      const last = given.at(-1);
      if (rest.length > 0) this.#kept.keep(partition, last ? last.position.offset + 1 : from, { records: rest, next });
      return given;
    });
  }
}

function apply(share: Share | undefined, answer: Fetched): void {
  if (!share) return;
  if (answer.kind === 'fault') share.state = answer.fault;
  else if (answer.kind === 'records') {
    share.records = answer.records;
    share.next = answer.next;
    share.state = 'open';
  } else share.state = answer.kind;
}
