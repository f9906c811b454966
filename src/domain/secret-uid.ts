/** The longest secret uid, in UTF-8 bytes; beyond it the uid is cut and told apart by a keyed hash of the whole. */
export const SECRET_UID_LIMIT = 1024;

const NEEDS_ENCODING = /[%:\s\p{Cc}]/gu;

/** One part of a uid: what would be mistaken for a separator or an escape is percent-encoded, the rest stays readable. */
export function encodeUidPart(part: string): string {
  return part.replace(NEEDS_ENCODING, (character) => encodeURIComponent(character));
}

export interface SecretName {
  /** The store's kind as the source names it: `vault`, `aws-secretsmanager`, `aws-ssm`. */
  readonly store: string;
  readonly instance: string;
  /** Namespace or region; empty where the store has none. */
  readonly scope: string;
  readonly path: string;
}

/**
 * The canonical name of a secret, `store:instance:namespace-or-region:path`: the same however the source spells it.
 * `keyedHash` gives a hexadecimal HMAC under the installation's identity key; an unkeyed hash of a name could be guessed.
 */
export function secretUid(name: SecretName, keyedHash: (text: string) => string): string {
  const uid = [name.store, name.instance, name.scope, name.path].map(encodeUidPart).join(':');
  if (Buffer.byteLength(uid) <= SECRET_UID_LIMIT) return uid;
  const tail = `~${keyedHash(uid)}`;
  let head = Buffer.from(uid)
    .subarray(0, SECRET_UID_LIMIT - tail.length)
    .toString('utf8');
  if (head.endsWith('\uFFFD')) head = head.replace(/\uFFFD+$/u, '');
  return head + tail;
}
