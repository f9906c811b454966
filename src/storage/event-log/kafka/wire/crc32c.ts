/** CRC-32C (Castagnoli), four bytes at a time: Kafka's checksum of a batch, and Node has only the other polynomial. */
export function crc32c(bytes: Uint8Array): number {
  const [t0, t1, t2, t3] = TABLES;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = 0xffffffff;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^= view.getUint32(at, true);
    crc = of(t3, crc) ^ of(t2, crc >>> 8) ^ of(t1, crc >>> 16) ^ of(t0, crc >>> 24);
  }
  for (; at < bytes.length; at += 1) crc = of(t0, crc ^ view.getUint8(at)) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function of(table: Table, place: number): number {
  return table[place & 0xff] ?? 0;
}

type Table = Int32Array;

const TABLES = makeTables();

function makeTables(): readonly [Table, Table, Table, Table] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0x82f63b78 ^ (crc >>> 1) : crc >>> 1;
    return crc;
  });
  const next = (table: Table): Table => table.map((crc) => of(first, crc) ^ (crc >>> 8));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}
