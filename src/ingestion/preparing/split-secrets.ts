import type { EntrySecret } from '../../domain/entry.js';
import type { SourcedSecret } from '../../domain/sourced-event.js';

/** Secrets that stand in one entry: as it names them, and as the source did. */
export interface SecretGroup {
  readonly secrets: readonly EntrySecret[];
  readonly sourced: readonly SourcedSecret[];
}

/**
 * Bytes of all secrets in one entry, with the digests of the people in their paths. The rest of an entry is bounded to what
 * then still fits.
 */
const SECRETS_LIMIT = 40_000;
/** A person in a path may have three disclosures, each with a digest of 43 characters in an array. */
const PERSON_BYTES = 3 * 46;

/**
 * The secrets in as many groups as entries are needed for them. How they fall depends on nothing but themselves, so that
 * a replay splits them alike.
 */
export function splitSecrets(
  secrets: readonly EntrySecret[],
  sourced: readonly SourcedSecret[],
): readonly SecretGroup[] {
  if (secrets.length <= 1) return [{ secrets, sourced }];
  const groups: SecretGroup[] = [];
  let start = 0;
  let room = SECRETS_LIMIT;
  for (const [index, secret] of secrets.entries()) {
    const size = sizeOf(secret, sourced[index]);
    if (size > room && index > start) {
      groups.push(groupOf(secrets, sourced, [start, index]));
      start = index;
      room = SECRETS_LIMIT;
    }
    room -= size;
  }
  if (groups.length === 0) return [{ secrets, sourced }];
  return [...groups, groupOf(secrets, sourced, [start, secrets.length])];
}

function groupOf(
  secrets: readonly EntrySecret[],
  sourced: readonly SourcedSecret[],
  range: readonly [start: number, end: number],
): SecretGroup {
  return { secrets: secrets.slice(...range), sourced: sourced.slice(...range) };
}

function sizeOf(secret: EntrySecret, sourced: SourcedSecret | undefined): number {
  const pieces = [...(sourced?.path ?? []), ...(sourced?.alias ?? [])];
  const people = pieces.filter((piece) => typeof piece !== 'string').length;
  return Buffer.byteLength(JSON.stringify(secret)) + 1 + people * PERSON_BYTES;
}
