/**
 * How a segment's unique texts are found: by the hash of the text, in one of 64 buckets, as a hash and a row number each.
 * An index over the texts themselves would touch another page for every document: 4 KiB written for 36 bytes.
 */
const BUCKETS = 64;
const ENTRY_BYTES = 6;

/** A place in the index of unique texts. */
export interface UniqueKey {
  readonly bucket: number;
  readonly hash: number;
}

/** FNV-1a, 32 bits: two texts may share one, so what is found has to be compared. */
export function uniqueKey(text: string): UniqueKey {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash >>>= 0;
  return { bucket: hash % BUCKETS, hash };
}

/** Adds a row, given as its number within the segment. */
export function addEntry(entries: Uint8Array, hash: number, row: number): Uint8Array {
  const longer = new Uint8Array(entries.length + ENTRY_BYTES);
  longer.set(entries);
  const view = new DataView(longer.buffer);
  view.setUint32(entries.length, hash);
  view.setUint16(entries.length + 4, row);
  return longer;
}

export function removeEntry(entries: Uint8Array, hash: number, row: number): Uint8Array {
  const kept = readEntries(entries).filter((entry) => entry.hash !== hash || entry.row !== row);
  return kept.reduce<Uint8Array>((packed, entry) => addEntry(packed, entry.hash, entry.row), new Uint8Array());
}

/** The rows under a hash, as numbers within the segment. */
export function rowsUnder(entries: Uint8Array, hash: number): number[] {
  return readEntries(entries)
    .filter((entry) => entry.hash === hash)
    .map(({ row }) => row);
}

function readEntries(entries: Uint8Array): { hash: number; row: number }[] {
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  return Array.from({ length: entries.length / ENTRY_BYTES }, (_, n) => ({
    hash: view.getUint32(n * ENTRY_BYTES),
    row: view.getUint16(n * ENTRY_BYTES + 4),
  }));
}
