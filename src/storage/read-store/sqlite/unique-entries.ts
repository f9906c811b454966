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
  const view = viewOf(entries);
  const kept: Uint8Array[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    const isSame = view.getUint32(at) === hash && view.getUint16(at + 4) === row;
    if (!isSame) kept.push(entries.subarray(at, at + ENTRY_BYTES));
  }
  return new Uint8Array(Buffer.concat(kept));
}

/** The rows under a hash, as numbers within the segment. */
export function rowsUnder(entries: Uint8Array, hash: number): number[] {
  const view = viewOf(entries);
  const rows: number[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    if (view.getUint32(at) === hash) rows.push(view.getUint16(at + 4));
  }
  return rows;
}

function viewOf(entries: Uint8Array): DataView {
  return new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
}
