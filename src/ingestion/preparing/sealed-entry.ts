import { isReservedAction } from '../../domain/action.js';
import { canonicalJson, type JsonObject } from '../../domain/canonical-json.js';
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
type Expendable = (typeof EXPENDABLE)[number];

/** What an act of Keytrail's own says is its details: of these only what is large goes. */
const OWN_EXPENDABLE = EXPENDABLE.filter((part) => part !== 'details');

function boundedText(entry: Entry): string {
  return isReservedAction(entry.action)
    ? shortened(withoutLargeDetails(entry), OWN_EXPENDABLE)
    : shortened(entry, EXPENDABLE);
}

function shortened(entry: Entry, expendable: readonly Expendable[]): string {
  let text = canonicalJson(entry);
  let shorter = entry;
  for (const part of expendable) {
    if (Buffer.byteLength(text) <= ENTRY_LIMIT) break;
    shorter = flagged(without(shorter, part), 'entry_cut');
    text = canonicalJson(shorter);
  }
  return text;
}

function withoutLargeDetails(entry: Entry): Entry {
  let shorter = entry;
  while (bytesOf(shorter) > ENTRY_LIMIT) {
    const { details = {} } = shorter;
    const name = largestOf(details);
    if (name === undefined) break;
    const { [name]: _cut, ...others } = details;
    shorter = flagged({ ...shorter, details: others }, 'entry_cut', `${snakeCase(name)}_cut`);
  }
  return shorter;
}

/** Smaller members stay whatever happens: who, which key, how many, as of when. */
const LARGE_BYTES = 4_096;

function largestOf(details: JsonObject): string | undefined {
  const sizes = Object.entries(details).map(([name, value]) => ({ name, bytes: bytesOf(value) }));
  const [largest] = sizes.sort((left, right) => right.bytes - left.bytes);
  return largest && largest.bytes > LARGE_BYTES ? largest.name : undefined;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function flagged(entry: Entry, ...flags: readonly string[]): Entry {
  return { ...entry, flags: [...new Set([...(entry.flags ?? []), ...flags])].sort() };
}

function without(entry: Entry, part: Expendable): Entry {
  if (part === 'actor.roles') {
    const { roles: _cut, ...actor } = entry.actor;
    return { ...entry, actor };
  }
  const { [part]: _cut, ...others } = entry;
  // What an event corrects is no detail: without it the trail would show both readings.
  const supersedes = entry.correlation?.supersedes;
  return part === 'correlation' && supersedes !== undefined ? { ...others, correlation: { supersedes } } : others;
}
