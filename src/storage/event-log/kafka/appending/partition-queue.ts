import { BATCH_OVERHEAD, type BatchOrigin } from '../wire/record-batch.js';
import type { ProducerIdentity } from './producer-identity.js';
import type { QueuedRecord } from './queued-record.js';

const SEQUENCES = 2 ** 31;
const FIRST_MS = 50;
const MOST_MS = 1_000;

/**
 * What waits for one partition, in order, and the one chunk that is on its way. While a chunk may have been written, it
 * stays as it is and is sent again under the same numbers, so that the broker knows it; nothing overtakes it.
 */
export class PartitionQueue {
  #waiting: QueuedRecord[] = [];
  #chunk: readonly QueuedRecord[] = [];
  #identity: ProducerIdentity | undefined;
  #sequence = 0;
  /** The offset behind the last record of ours that a broker acknowledged. */
  #next = 0;
  #waitingBytes = 0;
  #failures = 0;
  #notBefore = 0;
  onTheWay = false;
  /** The chunk may have been written: a broker had it and did not answer. */
  maybeWritten = false;

  constructor(readonly partition: number) {}

  add(record: QueuedRecord): void {
    this.#waiting.push(record);
    this.#waitingBytes += record.bytes;
  }

  /** No earlier than this is it tried again. Milliseconds of `performance.now()`. */
  get notBefore(): number {
    return this.#notBefore;
  }

  get waitingBytes(): number {
    return this.#chunk.reduce((sum, { bytes }) => sum + bytes, this.#waitingBytes);
  }

  /** Something went wrong: after a growing wait again. */
  later(now: number): void {
    this.#notBefore = now + Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(10, this.#failures));
    this.#failures += 1;
    if (!this.maybeWritten) this.putBack();
  }

  /** Nobody waits for any record of the chunk. */
  get forsaken(): boolean {
    return this.#chunk.length > 0 && this.#chunk.every(({ call }) => call.ended);
  }

  get waiting(): readonly QueuedRecord[] {
    return this.#waiting;
  }

  get chunk(): readonly QueuedRecord[] {
    return this.#chunk;
  }

  get hasWork(): boolean {
    return this.#chunk.length > 0 || this.#waiting.length > 0;
  }

  get identity(): ProducerIdentity | undefined {
    return this.#identity;
  }

  /** The records to send now: at most as many bytes as one batch may have, one at least; records of ended calls are left out. */
  take(batchBytes: number, drop: (record: QueuedRecord) => void): readonly QueuedRecord[] {
    if (this.#chunk.length > 0) return this.#chunk;
    const chunk: QueuedRecord[] = [];
    let bytes = BATCH_OVERHEAD;
    let seen = 0;
    for (const record of this.#waiting) {
      if (!record.call.ended && chunk.length > 0 && bytes + record.bytes > batchBytes) break;
      seen += 1;
      this.#waitingBytes -= record.bytes;
      if (record.call.ended) drop(record);
      else {
        chunk.push(record);
        bytes += record.bytes;
      }
    }
    this.#waiting.splice(0, seen);
    this.#chunk = chunk;
    return chunk;
  }

  /** Leaves out what nobody waits for any more. */
  dropEnded(drop: (record: QueuedRecord) => void): void {
    const ended = this.#waiting.filter(({ call }) => call.ended);
    if (ended.length === 0) return;
    this.#waiting = this.#waiting.filter(({ call }) => !call.ended);
    for (const record of ended) {
      this.#waitingBytes -= record.bytes;
      drop(record);
    }
  }

  /** Under what numbers the chunk goes. */
  originFor(current: ProducerIdentity): BatchOrigin {
    this.#identity ??= current;
    const { producerId, producerEpoch } = this.#identity;
    return { producerId, producerEpoch, firstSequence: this.#sequence };
  }

  /** The chunk was not written: its records wait again, before all others. */
  putBack(): void {
    for (const { bytes } of this.#chunk) this.#waitingBytes += bytes;
    this.#waiting = [...this.#chunk, ...this.#waiting];
    this.#chunk = [];
  }

  /** The chunk is over. @param taken the broker has it, so that the next one has the numbers behind it */
  finish(taken: boolean): readonly QueuedRecord[] {
    const chunk = this.#chunk;
    this.maybeWritten = false;
    this.#failures = 0;
    this.#notBefore = 0;
    if (taken) this.#sequence = (this.#sequence + chunk.length) % SEQUENCES;
    this.#chunk = [];
    return chunk;
  }

  /**
   * A new producer takes over: either the broker no longer knows the old one, or it is not known whether the chunk was
   * written. The next chunk must never go under numbers that may be in use: the broker would take it for the old one and
   * acknowledge what it never wrote.
   */
  renew(): void {
    this.#identity = undefined;
    this.#sequence = 0;
  }

  /** False when the broker gave out an offset for a second time: the topic is not the one that it was. */
  advance(baseOffset: number, count: number): boolean {
    if (baseOffset < this.#next) return false;
    this.#next = baseOffset + count;
    return true;
  }
}
