const WRITTEN_TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d{1,30})?)([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * A written time as RFC 3339, the source's digits kept whole; `undefined` when it is none. A time without a zone is UTC,
 * which is for the caller to know of its store. Whether the moment exists is judged where it is recorded.
 */
export function writtenTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = WRITTEN_TIME.exec(value);
  if (!match) return undefined;
  const [, date = '', time = '', zone = 'Z'] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return `${date}T${time}${offset}`;
}
