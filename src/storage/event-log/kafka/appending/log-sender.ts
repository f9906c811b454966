import { KeytrailError } from '../../../../domain/errors.js';
import type { Appended, LogRecord } from '../../event-log.port.js';
import type { KafkaCluster } from '../driver/kafka-cluster.js';
import { toFault, type KafkaFault } from '../driver/kafka-fault.js';
import { toKafkaMessage } from '../kafka-message.js';
import type { KafkaLimits, KafkaWaits } from '../kafka-options.js';
import { produceCall, type ProducedAnswer, type ProducedBatch } from '../wire/produce-call.js';
import { encodeBatch, messageBytes } from '../wire/record-batch.js';
import { AppendCall } from './append-call.js';
import { ChunkEnds, factsOf } from './chunk-ends.js';
import { PartitionQueue } from './partition-queue.js';
import { ProducerIdentities, type ProducerIdentity } from './producer-identity.js';
import type { QueuedRecord } from './queued-record.js';
import { Turns } from './turns.js';

export interface SenderOptions {
  readonly epoch: number;
  readonly partitions: number;
  /** The topic's limit for one batch. */
  readonly batchBytes: number;
  readonly waits: KafkaWaits;
  readonly limits: KafkaLimits;
  /** Called once for each answer that acknowledged something, with the offsets behind it by partition. */
  readonly onAppended: (next: ReadonlyMap<number, number>) => void;
}

/**
 * Writes what callers append: each partition's records in order, one batch of a partition on its way at a time,
 * partitions with the same leader together in one request. What fails for a passing reason is sent again until its
 * callers have given up.
 */
export class LogSender {
  readonly #queues: readonly PartitionQueue[];
  readonly #identities: ProducerIdentities;
  readonly #ends: ChunkEnds;
  readonly #turns: Turns;
  readonly #drop = ({ bytes }: QueuedRecord): void => {
    this.#bytes -= bytes;
  };
  readonly #calls = new Set<AppendCall>();
  #bytes = 0;
  #closed = false;

  constructor(
    private readonly cluster: KafkaCluster,
    private readonly options: SenderOptions,
  ) {
    this.#queues = Array.from({ length: options.partitions }, (_, partition) => new PartitionQueue(partition));
    this.#identities = new ProducerIdentities(cluster);
    this.#ends = new ChunkEnds(options, (bytes) => {
      this.#bytes -= bytes;
    });
    this.#turns = new Turns({
      cluster,
      queues: this.#queues,
      requestBytes: options.limits.requestBytes,
      send: (leader, together) => this.#send(leader, together),
      leaderless: (queues, fault) => {
        this.#later(queues, fault, false);
      },
    });
  }

  append(records: readonly LogRecord[]): Promise<readonly Appended[]> {
    const messages = records.map((record) => toKafkaMessage(record));
    const sizes = messages.map(messageBytes);
    const refusal = this.#refusal(sizes.reduce((sum, size) => sum + size, 0));
    if (refusal) return Promise.reject(refusal);
    const call = new AppendCall(records.length, this.options.waits.append);
    for (const [index, record] of records.entries()) {
      const [message, bytes] = [messages[index], sizes[index]];
      const queue = this.#queues[record.partitionHash % this.#queues.length];
      if (!message || bytes === undefined || !queue) continue;
      this.#bytes += bytes;
      const queued = { call, index, message, bytes };
      if (bytes > this.#ends.recordLimit) this.#ends.tooLarge(queued);
      else queue.add(queued);
    }
    this.#open(call);
    this.#turns.soon();
    return call.answer;
  }

  #refusal(bytes: number): KeytrailError | undefined {
    if (this.#ends.lost) return this.#ends.lost;
    const { waitingBytes } = this.options.limits;
    if (this.#bytes + bytes > waitingBytes)
      return new KeytrailError('INGESTION.QUEUE_FULL', { store: 'event_log', limits: { waitingBytes } });
    return this.#closed
      ? new KeytrailError('STORAGE.UNAVAILABLE', { store: 'event_log', reason: 'closed' })
      : undefined;
  }

  /** Ends when what is on its way is answered, or its callers have given up; what still waits is not sent. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.race([this.#turns.stop(), Promise.allSettled([...this.#calls].map(({ answer }) => answer))]);
    for (const call of this.#calls) call.giveUp({ reason: 'closed' });
  }

  /** The topic's limit as it is now. */
  set batchBytes(bytes: number) {
    this.#ends.batchBytes = bytes;
  }

  async #send(leader: number, queues: readonly PartitionQueue[]): Promise<void> {
    // Before the identity is asked for: a queue must not get the one again that it gives back here.
    for (const queue of queues) if (queue.forsaken) this.#forsake(queue);
    let sent = false;
    try {
      const broker = this.cluster.broker(leader);
      await broker.connect();
      const identity = await this.#identities.current();
      const batches = queues.flatMap((queue) => this.#batch(queue, identity));
      if (batches.length === 0) return;
      sent = true;
      const { topic } = this.cluster;
      const answers = await broker.call(produceCall({ topic, batches, waitMs: this.options.waits.request }));
      this.#answered(queues, answers);
    } catch (error) {
      this.#failed(queues, toFault(error), sent);
    }
  }

  #batch(queue: PartitionQueue, current: ProducerIdentity): ProducedBatch[] {
    const records = queue.take(this.#ends.batchBytes, this.#drop);
    for (const { call, index } of records) call.sent(index);
    if (records.length === 0) return [];
    const messages = records.map(({ message }) => message);
    return [{ partition: queue.partition, batch: encodeBatch(messages, queue.originFor(current), Date.now()) }];
  }

  #answered(queues: readonly PartitionQueue[], answers: readonly ProducedAnswer[]): void {
    const byPartition = new Map(answers.map((answer) => [answer.partition, answer]));
    const next = new Map<number, number>();
    for (const queue of queues) {
      const answer = byPartition.get(queue.partition);
      if (answer && queue.chunk.length > 0) this.#settle(queue, answer, next);
    }
    if (next.size > 0) this.options.onAppended(next);
  }

  #settle(queue: PartitionQueue, answer: ProducedAnswer, next: Map<number, number>): void {
    const verdict = this.#ends.settle(queue, answer, next);
    if (verdict.kind === 'again') this.#failed([queue], verdict.fault, verdict.maybeWritten);
    if (verdict.kind === 'new_producer' || verdict.kind === 'place_unknown') this.#renew(queue);
  }

  #open(call: AppendCall): void {
    this.#calls.add(call);
    const ended = (): void => {
      this.#calls.delete(call);
    };
    call.answer.then(ended, () => {
      ended();
      this.#tidy();
    });
  }

  /** Nothing may be kept for callers that have gone, however long an outage lasts. */
  #tidy(): void {
    for (const queue of this.#queues) {
      queue.dropEnded(this.#drop);
      if (queue.forsaken && !queue.onTheWay) this.#forsake(queue);
    }
  }

  #forsake(queue: PartitionQueue): void {
    this.#ends.forsake(queue);
    this.#renew(queue);
  }

  #renew(queue: PartitionQueue): void {
    if (queue.identity) this.#identities.retire(queue.identity);
    queue.renew();
  }

  #failed(queues: readonly PartitionQueue[], fault: KafkaFault, maybeWritten: boolean): void {
    if (fault.reason !== 'not-enough-replicas') this.cluster.forget();
    this.#later(queues, fault, maybeWritten);
  }

  #later(queues: readonly PartitionQueue[], fault: KafkaFault, maybeWritten: boolean): void {
    for (const queue of queues) {
      this.#ends.explain(queue, factsOf(fault), maybeWritten);
      queue.later(performance.now());
      if (queue.forsaken) this.#forsake(queue);
    }
  }
}
