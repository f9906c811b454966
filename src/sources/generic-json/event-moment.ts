import { writtenTime } from '../event-time.js';

const EPOCH_SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;
const ZONE = /(?:[Zz]|[+-]\d\d:?\d\d)$/;

export interface EventMoment {
  readonly occurredAt?: string;
  readonly flags: readonly string[];
}

/** When it happened: RFC 3339, or seconds or milliseconds since 1970. A time without a zone is taken as UTC and flagged. */
export function eventMoment(text: string | undefined): EventMoment {
  if (text === undefined) return { flags: [] };
  if (EPOCH_MILLISECONDS.test(text)) return { occurredAt: isoTime(Number(text)), flags: [] };
  if (EPOCH_SECONDS.test(text)) return { occurredAt: isoTime(Math.round(Number(text) * 1000)), flags: [] };
  const occurredAt = writtenTime(text);
  if (occurredAt === undefined) return { flags: [] };
  return { occurredAt, flags: ZONE.test(text) ? [] : ['time_zone_assumed'] };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
