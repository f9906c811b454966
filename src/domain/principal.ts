/** What a key is for. `metrics` may read metrics and nothing else. */
export const ROLES = ['log_writer', 'security_analyst', 'auditor', 'admin', 'metrics'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'events:write',
  'events:supersede',
  'events:read',
  'identities:read',
  'exports:create',
  'filters:write',
  'reports:create',
  'reports:read',
  'dead_letters:read',
  'dead_letters:write',
  'keys:manage',
  'diagnostics:read',
  'views:rebuild',
  'metrics:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a `log_writer` key may record. An empty list allows nothing; an absent one does not restrict. */
export interface RecordingLimits {
  readonly kinds?: readonly string[];
  readonly instances?: readonly string[];
  readonly environments?: readonly string[];
  readonly actionClasses?: readonly string[];
}

/** Who acts: the holder of a key, or the user of this host. */
export interface Principal {
  /** Key id, public; `host` for the user of this host. */
  readonly keyId: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** A person's key or a named machine's; decides the actor's kind. */
  readonly actorKind: 'user' | 'service';
  /** The holder's name as the administrator wrote it: personal data. */
  readonly name: string;
  readonly limits: RecordingLimits;
}

/** Key ids that no key can have. */
export const HOST_KEY_ID = 'host';
export const NO_KEY_ID = 'none';

/** Whoever was refused without having proved to be anyone. Its events name no actor. */
export const NOBODY: Principal = {
  keyId: NO_KEY_ID,
  role: 'metrics',
  permissions: new Set(),
  actorKind: 'service',
  name: '',
  limits: {},
};
