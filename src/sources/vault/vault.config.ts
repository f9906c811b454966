import type { EnvironmentRule } from '../environment-rules.js';

export interface VaultMount {
  /** Its place, namespaces in front: `secret/`, `team-a/kv/`. */
  readonly path: string;
  /** Its engine: `kv`, `transit`, `database`. */
  readonly type: string;
  /** Of a KV engine; the audit log does not tell it. */
  readonly version?: 1 | 2;
}

/** What an operator may set for this source. */
export interface VaultConfig {
  /** For logs that do not name the mount (before Vault 1.15), and to tell KV version 1 from 2 for certain. */
  readonly mounts: readonly VaultMount[];
  /** Patterns of paths that hold a person's name at `{person}`, without a KV engine's `data/`. */
  readonly people: { readonly paths: readonly string[] };
  readonly environments: readonly EnvironmentRule[];
}

export const VAULT_DEFAULTS: VaultConfig = { mounts: [], people: { paths: [] }, environments: [] };
