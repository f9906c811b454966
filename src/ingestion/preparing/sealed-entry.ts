import { canonicalJson } from '../../domain/canonical-json.js';
import { encryptDisclosures } from '../../domain/disclosure-cipher.js';
import { disclosureDigest, encodeDisclosure, type EncryptedDisclosures } from '../../domain/encrypted-part.js';
import { ENTRY_LIMIT, type Entry } from '../../domain/entry.js';
import type { DisclosuresByKey } from './event-disclosures.js';
import type { RandomPool } from './random-pool.js';

/** An entry's stored text and its encrypted part's. */
export interface SealedEntry {
  readonly entry: string;
  readonly encrypted: string;
}

export type UnsealedEntry = Omit<Entry, 'digests'>;

/** Salts, digests and encrypts the personal fields of one entry, and writes both parts as they are stored. */
export function sealEntry(entry: UnsealedEntry, disclosures: DisclosuresByKey, random: RandomPool): SealedEntry {
  const digests: string[] = [];
  const items: EncryptedDisclosures[] = [];
  for (const [{ keyId, key }, values] of disclosures) {
    if (values.length === 0) continue;
    const encoded = values.map(([name, value]) => encodeDisclosure([random.salt(), name, value]));
    for (const text of encoded) digests.push(disclosureDigest(text));
    items.push(encryptDisclosures(encoded, { eventId: entry.id, keyId, key }, random.nonce()));
  }
  digests.sort();
  return { entry: boundedText({ ...entry, digests }), encrypted: JSON.stringify(items) };
}

/** What an entry can do without, the least needed first. Their own limits make this rare: many escapes, or wide texts. */
const EXPENDABLE = ['details', 'redactions', 'correlation', 'actor.roles'] as const;

function boundedText(entry: Entry): string {
  let text = canonicalJson(entry);
  let shorter = entry;
  for (const part of EXPENDABLE) {
    if (Buffer.byteLength(text) <= ENTRY_LIMIT) break;
    shorter = { ...without(shorter, part), flags: [...new Set([...(shorter.flags ?? []), 'entry_cut'])].sort() };
    text = canonicalJson(shorter);
  }
  return text;
}

function without(entry: Entry, part: (typeof EXPENDABLE)[number]): Entry {
  if (part === 'actor.roles') {
    const { roles: _cut, ...actor } = entry.actor;
    return { ...entry, actor };
  }
  const { [part]: _cut, ...others } = entry;
  // What an event corrects is no detail: without it the trail would show both readings.
  const supersedes = entry.correlation?.supersedes;
  return part === 'correlation' && supersedes !== undefined ? { ...others, correlation: { supersedes } } : others;
}
