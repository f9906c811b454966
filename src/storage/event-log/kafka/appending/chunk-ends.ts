import { KeytrailError, type ErrorFacts } from '../../../../domain/errors.js';
import type { KafkaFault } from '../driver/kafka-fault.js';
import type { ProducedAnswer } from '../wire/produce-call.js';
import { BATCH_OVERHEAD } from '../wire/record-batch.js';
import { judgeAnswer, type Verdict } from './judge-answer.js';
import type { PartitionQueue } from './partition-queue.js';
import type { QueuedRecord } from './queued-record.js';

/** Tells the callers of a chunk what became of it. */
export class ChunkEnds {
  batchBytes: number;
  #lost: KeytrailError | undefined;

  constructor(
    private readonly options: { readonly epoch: number; readonly batchBytes: number },
    /** Called with the bytes that wait no longer. */
    private readonly release: (bytes: number) => void,
  ) {
    this.batchBytes = options.batchBytes;
  }

  /** Set once the topic was found to be another one than it was: nothing must be appended to it. */
  get lost(): KeytrailError | undefined {
    return this.#lost;
  }

  /** The largest record that fits into a batch. */
  get recordLimit(): number {
    return this.batchBytes - BATCH_OVERHEAD;
  }

  settle(queue: PartitionQueue, { code, baseOffset }: ProducedAnswer, next: Map<number, number>): Verdict {
    const verdict = judgeAnswer(code);
    if (verdict.kind === 'taken') this.#taken(queue, baseOffset, next);
    else if (verdict.kind === 'place_unknown') this.#end(queue, 'unknown', { reason: 'place-unknown' });
    else if (verdict.kind === 'too_large') this.#split(queue);
    else if (verdict.kind === 'new_producer') this.#again(queue);
    else if (verdict.kind === 'refused')
      this.#end(queue, queue.maybeWritten ? 'unknown' : 'not_appended', factsOf(verdict.fault));
    return verdict;
  }

  /** Why the chunk is still on its way. */
  explain(queue: PartitionQueue, facts: ErrorFacts, maybeWritten: boolean): void {
    queue.maybeWritten ||= maybeWritten && queue.chunk.length > 0;
    for (const { call, index } of queue.chunk) {
      call.explain(facts);
      if (!queue.maybeWritten) call.notTaken(index);
    }
    for (const { call } of queue.waiting) call.explain(facts);
  }

  /** Nobody waits for it any more: it is not sent again. */
  forsake(queue: PartitionQueue): void {
    this.#release(queue.finish(false));
  }

  tooLarge({ call, index, bytes }: QueuedRecord): void {
    this.release(bytes);
    const limits = { recordBytes: this.recordLimit };
    call.failed(index, { state: 'not_appended', code: 'INGESTION.BATCH_TOO_LARGE' }, { limits });
  }

  #taken(queue: PartitionQueue, baseOffset: number, next: Map<number, number>): void {
    const records = queue.finish(true);
    this.#release(records);
    if (!queue.advance(baseOffset, records.length)) {
      const facts = { store: 'event_log', problem: 'offsets were given out for a second time' };
      this.#lost = new KeytrailError('STORAGE.NOT_ON_THIS_LOG', facts);
      for (const { call, index } of records)
        call.failed(index, { state: 'unknown', code: 'STORAGE.NOT_ON_THIS_LOG' }, facts);
      return;
    }
    next.set(queue.partition, baseOffset + records.length);
    const { epoch } = this.options;
    for (const [at, { call, index }] of records.entries())
      call.appended(index, { epoch, partition: queue.partition, offset: baseOffset + at });
  }

  #again(queue: PartitionQueue): void {
    this.explain(queue, { reason: 'producer-unknown' }, false);
    queue.later(performance.now());
  }

  #end(queue: PartitionQueue, state: 'unknown' | 'not_appended', facts: ErrorFacts): void {
    const records = queue.finish(false);
    this.#release(records);
    for (const { call, index } of records) call.failed(index, { state, code: 'STORAGE.UNAVAILABLE' }, facts);
  }

  /** The topic's limit is lower than it was: smaller batches from now on. */
  #split(queue: PartitionQueue): void {
    const { chunk } = queue;
    const [only] = chunk;
    if (only && chunk.length === 1) {
      queue.finish(false);
      this.tooLarge(only);
      return;
    }
    const bytes = chunk.reduce((sum, record) => sum + record.bytes, 0);
    this.batchBytes = Math.min(this.batchBytes, BATCH_OVERHEAD + Math.floor(bytes / 2));
    for (const { call, index } of chunk) call.notTaken(index);
    queue.maybeWritten = false;
    queue.putBack();
  }

  #release(records: readonly QueuedRecord[]): void {
    this.release(records.reduce((sum, { bytes }) => sum + bytes, 0));
  }
}

export function factsOf({ reason, kafkaCode }: KafkaFault): ErrorFacts {
  return { reason, ...(kafkaCode !== undefined && { kafkaCode }) };
}
