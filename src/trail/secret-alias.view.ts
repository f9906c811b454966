import type { ViewDefinition } from '../storage/read-store/read-store.port.js';

/** Proofs that two uids name one secret (an AWS name with and without its ARN's suffix), one document a pair. */
export const SECRET_ALIASES = {
  name: 'secret_aliases',
  version: 2,
  fields: {
    /** Where on the log the first proof is, for answers as of a point. */
    partition: { type: 'number' },
    offset: { type: 'number' },
    uid: { type: 'keyword', indexed: true },
    alias: { type: 'keyword', indexed: true },
    /** Both uids and their paths: whatever somebody may call the secret. */
    names: { type: 'keywords', indexed: true },
  },
} as const satisfies ViewDefinition;

/** The body of an alias document. */
export interface SecretAliasBody {
  /** The name that stands for the secret. */
  readonly uid: string;
  readonly alias: string;
}
