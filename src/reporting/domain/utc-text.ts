/** `20260131093000120000000` (a sort key) as people read it: `2026-01-31 09:30:00`. Seconds are enough for a table. */
export function sortKeyText(sortKey: string): string {
  return (
    `${sortKey.slice(0, 4)}-${sortKey.slice(4, 6)}-${sortKey.slice(6, 8)} ` +
    `${sortKey.slice(8, 10)}:${sortKey.slice(10, 12)}:${sortKey.slice(12, 14)}`
  );
}

/** Milliseconds since 1970 (UTC) of a sort key; a leap second counts into the next minute. */
export function sortKeyMilliseconds(sortKey: string): number {
  return Date.UTC(
    Number(sortKey.slice(0, 4)),
    Number(sortKey.slice(4, 6)) - 1,
    Number(sortKey.slice(6, 8)),
    Number(sortKey.slice(8, 10)),
    Number(sortKey.slice(10, 12)),
    Number(sortKey.slice(12, 14)),
    Number(sortKey.slice(14, 17)),
  );
}

/** The sort key of a moment. */
export function sortKeyAt(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().replace(/\D/g, '')}000000`;
}

/** `2026-01-31 09:30:00` of a moment, UTC. */
export function momentText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

const HOUR_MS = 3_600_000;

/** `31 h`, `4 d 7 h`: whole hours, rounded down. */
export function durationText(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR_MS);
  if (hours < 48) return `${hours} h`;
  const rest = hours % 24;
  return rest === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${rest} h`;
}
