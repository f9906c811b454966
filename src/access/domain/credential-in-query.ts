import { holdsKey } from './key-text.js';

/** Names under which credentials are sent in query strings. Not `credential`: that filters events by a credential's id. */
const NAMES = new Set([
  'key',
  'apikey',
  'xapikey',
  'keytrailkey',
  'xkeytrailkey',
  'token',
  'accesstoken',
  'auth',
  'authorization',
  'bearer',
  'password',
]);

/**
 * True when a request target holds a credential: a parameter named like one, or anything in the form of a key. It is only
 * looked for, never evaluated.
 */
export function credentialInQuery(target: string): boolean {
  const start = target.indexOf('?');
  if (holdsKey(target) || (target.includes('%') && holdsKey(decoded(target)))) return true;
  if (start < 0) return false;
  return target
    .slice(start + 1)
    .split('&')
    .some((pair) =>
      NAMES.has(
        decoded(pair.split('=', 1)[0] ?? '')
          .replace(/[-_.\s]/g, '')
          .toLowerCase(),
      ),
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not well formed as a whole: decode what is.
    return text.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}
