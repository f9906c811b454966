import { parseTimestamp } from '../../domain/timestamp.js';

/** The sort key of a moment, milliseconds since 1970. */
export function sortKeyAt(milliseconds: number): string {
  const time = parseTimestamp(new Date(milliseconds).toISOString());
  if (!time) throw new RangeError('a moment that RFC 3339 can not name');
  return time.sortKey;
}

/** A sort key as RFC 3339, UTC, with no more digits than it has. */
export function sortKeyText(sortKey: string): string {
  const [year, month, day] = [sortKey.slice(0, 4), sortKey.slice(4, 6), sortKey.slice(6, 8)];
  const [hour, minute, second] = [sortKey.slice(8, 10), sortKey.slice(10, 12), sortKey.slice(12, 14)];
  const fraction = sortKey.slice(14).replace(/0+$/, '');
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction && `.${fraction}`}Z`;
}
