import { decryptDisclosures } from '../domain/disclosure-cipher.js';
import {
  decodeDisclosure,
  disclosureDigest,
  type Disclosure,
  type EncryptedDisclosures,
  type EncryptedPart,
} from '../domain/encrypted-part.js';
import type { Entry } from '../domain/entry.js';
import type { Identity, PersonIdentity } from '../domain/identity.js';
import type { SubjectKey } from './subject-keys.port.js';

/** Where an identity keeps a claimed but unproved name of a path, which has no subject. As in the path itself. */
export const UNPROVED_PERSON = '{person}';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenIdentity = Writable<Omit<Identity, 'people'>> & { people?: Record<string, PersonIdentity> };

/** The encrypted part off the log; a cleared one is empty. */
export function readEncryptedPart(bytes: Uint8Array): EncryptedPart {
  if (bytes.length === 0) return [];
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as EncryptedPart;
}

/**
 * Opens the personal fields of one event with the keys given by id. What has no key, does not decrypt or is not covered
 * by a digest of the entry is withheld and counted, never guessed.
 */
export function openIdentity(
  entry: Pick<Entry, 'id' | 'digests'>,
  part: EncryptedPart,
  keys: ReadonlyMap<string, SubjectKey>,
): Identity {
  const identity: OpenIdentity = {};
  let withheld = part.length === 0 && entry.digests.length > 0 ? 1 : 0;
  const digests = new Set(entry.digests);
  for (const item of part) {
    const key = keys.get(item.keyId);
    const disclosures = key && openItem(entry.id, item, key, digests);
    if (disclosures) for (const disclosure of disclosures) place(identity, disclosure, key.subject);
    else withheld += 1;
  }
  return withheld > 0 ? { ...identity, withheld } : identity;
}

function openItem(
  eventId: string,
  item: EncryptedDisclosures,
  { key }: SubjectKey,
  digests: ReadonlySet<string>,
): readonly Disclosure[] | undefined {
  const encoded = decryptDisclosures(item, { eventId, key });
  if (!encoded?.every((text) => digests.has(disclosureDigest(text)))) return undefined;
  return encoded.map(decodeDisclosure);
}

function place(identity: OpenIdentity, [, name, value]: Disclosure, subject: string | undefined): void {
  const [owner = '', field] = name.split('.');
  if (name === 'native.sha256') identity.nativeSha256 = value;
  else if (field === undefined) (identity as Record<string, unknown>)[name] = value;
  else if (owner === 'person') {
    const people = (identity.people ??= {});
    people[subject ?? UNPROVED_PERSON] = { ...people[subject ?? UNPROVED_PERSON], [field]: value };
  } else if (owner === 'actor' || owner === 'onBehalfOf') identity[owner] = { ...identity[owner], [field]: value };
}
