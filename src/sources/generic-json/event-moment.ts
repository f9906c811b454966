import { writtenTime } from '../event-time.js';

const EPOCH_SECONDS = /^(\d{9,10})(?:\.(\d{1,30}))?$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;
const ZONE = /(?:[Zz]|[+-]\d\d:?\d\d)$/;

export interface EventMoment {
  readonly occurredAt?: string;
  readonly flags: readonly string[];
}

/**
 * When it happened: RFC 3339, or seconds or milliseconds since 1970, every digit of a fraction kept. A time without a zone is
 * taken as UTC and flagged.
 */
export function eventMoment(text: string | undefined): EventMoment {
  if (text === undefined) return { flags: [] };
  if (EPOCH_MILLISECONDS.test(text)) return { occurredAt: isoTime(Number(text)), flags: [] };
  const [, seconds, fraction] = EPOCH_SECONDS.exec(text) ?? [];
  if (seconds !== undefined) return { occurredAt: isoSeconds(Number(seconds), fraction), flags: [] };
  const occurredAt = writtenTime(text);
  if (occurredAt === undefined) return { flags: [] };
  return { occurredAt, flags: ZONE.test(text) ? [] : ['time_zone_assumed'] };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function isoSeconds(seconds: number, fraction = '000'): string {
  return `${isoTime(seconds * 1000).slice(0, 19)}.${fraction}Z`;
}
