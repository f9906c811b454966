import { hash } from 'node:crypto';
import { replaceHostileValues } from '../../domain/hostile-text.js';
import { canonicalised } from '../reading/check-record.js';
import type { FileRecord } from './record-splitter.js';

/** Deeper records are rejected by ingestion, so that nothing hangs on their number. */
const DEEPEST = 200;
const FIRST_CAPACITY = 1 << 12;
const FULLEST = 0.7;

/**
 * Counts equal records over a whole file, in the form in which ingestion compares them (RFC 8785, hostile text replaced),
 * so that five equal failures in one second stay five events and replaying the file adds none. Of each different record
 * 8 bytes of a hash are kept: 4 million records take some 60 MB.
 */
export class OccurrenceCounter {
  #slots = new BigUint64Array(FIRST_CAPACITY);
  #used = 0;
  readonly #repeated = new Map<bigint, number>();

  /** How many equal records came before this one. 0 for what is not JSON: ingestion rejects it. */
  countBefore(record: FileRecord): number {
    const key = keyOf(record);
    if (key === undefined || this.#add(key)) return 0;
    const before = (this.#repeated.get(key) ?? 0) + 1;
    this.#repeated.set(key, before);
    return before;
  }

  /** True when the key was new. Open addressing: 0 marks a free slot. */
  #add(key: bigint): boolean {
    if (this.#used >= this.#slots.length * FULLEST) this.#grow();
    const slot = findSlot(this.#slots, key);
    if (this.#slots[slot] === key) return false;
    this.#slots[slot] = key;
    this.#used += 1;
    return true;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 2);
    for (const key of this.#slots) if (key !== 0n) larger[findSlot(larger, key)] = key;
    this.#slots = larger;
  }
}

function findSlot(slots: BigUint64Array, key: bigint): number {
  const mask = slots.length - 1;
  let slot = Number(key & 0xffffffffn) & mask;
  while (slots[slot] !== 0n && slots[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

function keyOf({ bytes, depth }: FileRecord): bigint | undefined {
  if (!bytes || depth > DEEPEST) return undefined;
  const record = parse(bytes);
  if (record === undefined) return undefined;
  const { canonical } = canonicalised(replaceHostileValues(record));
  const key = hash('sha256', canonical, 'buffer').readBigUInt64LE();
  return key === 0n ? 1n : key;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
