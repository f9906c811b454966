import type { SecretPair } from '../domain/secret-aliases.js';
import type { ViewDefinition } from '../storage/read-store/read-store.port.js';

/** Proofs that two uids name one secret (an AWS name with and without its ARN's suffix), one document a pair. */
export const SECRET_ALIASES = {
  name: 'secret_aliases',
  version: 3,
  fields: {
    /** Where on the log the first proof is, for answers as of a point. */
    partition: { type: 'number' },
    offset: { type: 'number' },
    uid: { type: 'keyword', indexed: true },
    alias: { type: 'keyword', indexed: true },
    /** Each uid with its path: whatever somebody may call the secret, told apart by the name that it finds by itself. */
    uidNames: { type: 'keywords', indexed: true },
    aliasNames: { type: 'keywords', indexed: true },
  },
} as const satisfies ViewDefinition;

/** The body of an alias document. */
export type SecretAliasBody = SecretPair;
