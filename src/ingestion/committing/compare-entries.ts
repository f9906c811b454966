import { canonicalJson } from '../../domain/canonical-json.js';
import { decryptDisclosures } from '../../domain/disclosure-cipher.js';
import { decodeDisclosure, type EncryptedPart } from '../../domain/encrypted-part.js';
import type { Entry } from '../../domain/entry.js';
import type { SubjectKey } from '../../privacy/subject-keys.port.js';

/**
 * True when two records under one id and one mapping tell of the same act. Times are not compared: two audit devices of
 * one store give one entry different ones.
 */
export function tellsTheSame(stored: Entry, fresh: Entry): boolean {
  return (
    stored.action === fresh.action &&
    stored.outcome === fresh.outcome &&
    stored.actor.subject === fresh.actor.subject &&
    secretsOf(stored) === secretsOf(fresh)
  );
}

function secretsOf({ secrets = [] }: Entry): string {
  return canonicalJson(secrets.map(({ uid, version = null }) => [uid, version]));
}

/** True when another mapping made something else of the record, personal fields not counted. */
export function differsInClear(stored: Entry, fresh: Entry): boolean {
  return canonicalJson(comparable(stored)) !== canonicalJson(comparable(fresh));
}

/** What two readings of one record may differ in without saying anything else. */
function comparable(entry: Entry): unknown {
  const { id: _id, recordedAt: _recordedAt, digests: _digests, flags, correlation, source, ...others } = entry;
  const { mapping: _mapping, ...native } = source;
  const { supersedes: _supersedes, ...links } = correlation ?? {};
  const told = flags?.filter((flag) => flag !== 'time_future') ?? [];
  return { ...others, source: native, correlation: links, flags: told };
}

/** How Vault's audit devices write a hash. Each device has a salt of its own. */
const SALTED = 'hmac-sha256:';

/**
 * The personal fields of a stored event as comparable text; `undefined` where a key is gone. Hashes are left out, of the
 * native record as well as in it: another device's copy of one entry has others.
 */
export function personalFields(
  id: string,
  part: EncryptedPart,
  keys: ReadonlyMap<string, SubjectKey | undefined>,
): string | undefined {
  const fields: string[] = [];
  for (const item of part) {
    const key = keys.get(item.keyId);
    const encoded = key && decryptDisclosures(item, { eventId: id, key: key.key });
    if (!encoded) return undefined;
    for (const [, name, value] of encoded.map(decodeDisclosure))
      if (name !== 'native.sha256' && !value.startsWith(SALTED))
        fields.push(canonicalJson([key.subject ?? null, name, value]));
  }
  return fields.sort().join('\n');
}
