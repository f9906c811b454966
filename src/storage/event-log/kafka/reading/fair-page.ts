/** One partition's records that could go on a page, in offset order. */
export interface PageShare<Record> {
  readonly partition: number;
  readonly records: readonly Record[];
}

/** How many of each share go on a page: as equal as they can be, so that a busy partition never keeps out another. */
export function fairCounts<Record>(shares: readonly PageShare<Record>[], limit: number): number[] {
  const counts = shares.map(() => 0);
  let left = limit;
  let open = shares.map((_, index) => index);
  while (left > 0 && open.length > 0) {
    const each = Math.max(1, Math.floor(left / open.length));
    for (const index of open) {
      const had = counts[index] ?? 0;
      const more = Math.min(each, left, (shares[index]?.records.length ?? 0) - had);
      counts[index] = had + more;
      left -= more;
    }
    open = open.filter((index) => (counts[index] ?? 0) < (shares[index]?.records.length ?? 0));
  }
  return counts;
}
