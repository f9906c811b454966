/** What a request's headers present as a key. */
export type PresentedKey = { readonly text: string } | { readonly fault: 'missing' | 'several' | 'malformed' };

const LENGTH_LIMIT = 256;
/** RFC 9110 section 11.4: the scheme in any case, one or more blanks, then the credentials. */
const BEARER = /^bearer +([^ ]+) *$/i;

/**
 * The one key of a request: from `Authorization: Bearer` or `X-Keytrail-Key`. Two headers are refused, as it would depend
 * on the proxy on the way which of them counts.
 * @param rawHeaders names and values in turn, as they arrived
 */
export function presentedKey(rawHeaders: readonly string[]): PresentedKey {
  const found: PresentedKey[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'authorization') found.push(fromAuthorization(value));
    else if (name === 'x-keytrail-key') found.push(bounded(value.trim()));
  }
  if (found.length > 1) return { fault: 'several' };
  return found[0] ?? { fault: 'missing' };
}

function fromAuthorization(value: string): PresentedKey {
  if (value.length > LENGTH_LIMIT) return { fault: 'malformed' };
  const text = BEARER.exec(value)?.[1];
  return text === undefined ? { fault: 'malformed' } : bounded(text);
}

function bounded(text: string): PresentedKey {
  return text === '' || text.length > LENGTH_LIMIT ? { fault: 'malformed' } : { text };
}
