/** How a body's records are laid out. */
export type BodyFormat = 'json' | 'ndjson';

const NDJSON_TYPES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'application/json-lines',
  'text/x-ndjson',
]);
/** Said by senders that do not know better; the body is looked at. A form's type is what curl sends with `--data`. */
const LOOKED_AT = new Set([
  '',
  'application/json',
  'text/json',
  'text/plain',
  'application/octet-stream',
  'application/gzip',
  'application/x-gzip',
  'application/x-www-form-urlencoded',
]);

const LINE_FEED = 0x0a;
/** A first line longer than this is not tried: it is one JSON text or fails as one. */
const FIRST_LINE_LIMIT = 1_048_576;

/** The format of a body by its content type, and by its look where that says little; `undefined` for another type. */
export function bodyFormat(contentType: string | undefined, bytes: Buffer): BodyFormat | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (NDJSON_TYPES.has(type)) return 'ndjson';
  if (LOOKED_AT.has(type) || type.endsWith('+json')) return looksLikeLines(bytes) ? 'ndjson' : 'json';
  return undefined;
}

/** More than one line, the first of which is a JSON object by itself: no JSON text begins like that. */
function looksLikeLines(bytes: Buffer): boolean {
  let start = 0;
  // Blank lines and a byte order mark may stand in front.
  while (start < bytes.length && isBlank(bytes[start])) start += 1;
  const end = bytes.indexOf(LINE_FEED, start);
  if (end < 0 || end - start > FIRST_LINE_LIMIT || bytes[start] !== 0x7b) return false;
  if (bytes.subarray(end).every(isBlank)) return false;
  try {
    JSON.parse(bytes.toString('utf8', start, end));
    return true;
  } catch {
    return false;
  }
}

function isBlank(byte: number | undefined): boolean {
  return (
    byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0xef || byte === 0xbb || byte === 0xbf
  );
}
