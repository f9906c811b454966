import { PERMISSIONS, type Permission, type Role } from '../../domain/principal.js';

const READING: readonly Permission[] = [
  'events:read',
  'exports:create',
  'filters:write',
  'reports:create',
  'reports:read',
  'dead_letters:read',
];

const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  log_writer: ['events:write'],
  security_analyst: [...READING, 'identities:read'],
  auditor: READING,
  admin: PERMISSIONS,
  metrics: ['metrics:read'],
};

/** What a key may do. An auditor sees identities only when the key was issued so. */
export function permissionsOf(role: Role, identities: boolean): ReadonlySet<Permission> {
  const permissions = new Set(BY_ROLE[role]);
  if (role === 'auditor' && identities) permissions.add('identities:read');
  return permissions;
}
