import { InvalidArgumentError } from 'commander';
import { parseTimestamp } from '../../domain/timestamp.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SPAN = /^(\d{1,6})([smhdw])$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A time as people type it: RFC 3339, a date (its beginning, UTC), or how long ago (`90m`, `7d`). Gives RFC 3339.
 * @throws InvalidArgumentError for anything else
 */
export function timeArgument(text: string, now: number): string {
  return readTime(text, (span) => now - span);
}

/** The same for what is still to come: `90d` is in ninety days. */
export function timeAhead(text: string, now: number): string {
  return readTime(text, (span) => now + span);
}

function readTime(text: string, at: (span: number) => number): string {
  const span = SPAN.exec(text);
  if (span) return new Date(at(Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? 0))).toISOString();
  const full = DATE.test(text) ? `${text}T00:00:00Z` : text;
  if (parseTimestamp(full)) return full;
  throw new InvalidArgumentError('Give a date (2026-11-22), a time (2026-11-22T09:30:00Z) or a span (90m, 7d).');
}
