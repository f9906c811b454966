import type { EntrySecret } from '../../domain/entry.js';

/** Bytes of all secrets in one entry. The rest of an entry is bounded to what then still fits. */
const SECRETS_LIMIT = 40_000;

/**
 * The secrets in as many groups as entries are needed for them. How they fall depends on nothing but themselves, so that
 * a replay splits them alike.
 */
export function splitSecrets(secrets: readonly EntrySecret[]): readonly (readonly EntrySecret[])[] {
  if (secrets.length <= 1) return [secrets];
  const groups: EntrySecret[][] = [[]];
  let room = SECRETS_LIMIT;
  for (const secret of secrets) {
    const size = sizeOf(secret);
    if (size > room && groups.at(-1)?.length !== 0) {
      groups.push([]);
      room = SECRETS_LIMIT;
    }
    groups.at(-1)?.push(secret);
    room -= size;
  }
  return groups;
}

function sizeOf(secret: EntrySecret): number {
  return Buffer.byteLength(JSON.stringify(secret)) + 1;
}
