import type { EnvironmentRule } from '../environment-rules.js';

export interface VaultMount {
  /** Its place, namespaces in front: `secret/`, `team-a/kv/`. */
  readonly path: string;
  /** Its engine: `kv`, `transit`, `database`. */
  readonly type: string;
  /** Of a KV engine; the audit log does not tell it. */
  readonly version?: 1 | 2;
}

/** An auth method's mount and who logs in there. A display name begins with the mount's path, its slashes as dashes. */
export interface VaultMethod {
  /** Without `auth/`: `corp`, `team-a/oidc`. */
  readonly path: string;
  readonly actors: 'user' | 'service' | 'workload';
}

/** What an operator may set for this source. */
export interface VaultConfig {
  /** Raised by the operator with every change of this section that would change an entry. From 1. */
  readonly mapping: number;
  /** For logs that do not name the mount (before Vault 1.15), and to tell KV version 1 from 2 for certain. */
  readonly mounts: readonly VaultMount[];
  /** For auth methods that are not mounted under their usual names. */
  readonly methods: readonly VaultMethod[];
  /** Patterns of paths that hold a person's name at `{person}`, without a KV engine's `data/`. */
  readonly people: { readonly paths: readonly string[] };
  readonly environments: readonly EnvironmentRule[];
}

export const VAULT_DEFAULTS: VaultConfig = {
  mapping: 1,
  mounts: [],
  methods: [],
  people: { paths: [] },
  environments: [],
};
