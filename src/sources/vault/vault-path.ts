import { recordAt, textAt, type JsonRecord } from '../json-record.js';
import { present } from '../present.js';
import type { VaultMount } from './vault.config.js';
import type { VaultCall } from './vault-call.js';

const OPERATIONS: ReadonlySet<string> = new Set(
  'create read update patch delete list scan help renew revoke rollback alias-lookahead resolve-role header'.split(' '),
);

/** Types of mounts that are always there, or are usually called so; only for logs that do not name the type. */
const USUAL_TYPES: ReadonlyMap<string, string> = new Map([
  ['sys', 'system'],
  ['identity', 'identity'],
  ['cubbyhole', 'cubbyhole'],
  ['secret', 'kv'],
  ['kv', 'kv'],
  ['transit', 'transit'],
  ...['pki', 'ssh', 'database', 'aws', 'azure', 'gcp', 'totp', 'kmip'].map((name) => [name, name] as const),
]);

/** Mounts by path, the longest first, so that `team/kv/` goes before `team/`. */
export function sortMounts(mounts: readonly VaultMount[]): readonly VaultMount[] {
  return mounts
    .map((mount) => ({ ...mount, path: `${trimSlashes(mount.path)}/` }))
    .sort((a, b) => b.path.length - a.path.length);
}

/** Takes a request's address apart. `mounts` come from `sortMounts`. */
export function vaultCall(request: JsonRecord, mounts: readonly VaultMount[]): VaultCall {
  const namespace = namespaceOf(request);
  const path = textAt(request, 'path') ?? '';
  const configured = mountInList(namespace, path, mounts);
  const mount = mountInRecord(request, namespace, path) ?? configured?.path ?? firstSegment(path);
  return {
    operation: operationOf(request),
    namespace,
    mount,
    engine: typeInRecord(request) ?? typeOf(mount, configured),
    ...present({ version: configured?.version }),
    rest: path
      .slice(mount.length)
      .split('/')
      .filter((segment) => segment !== ''),
  };
}

function typeOf(mount: string, configured: VaultMount | undefined): string {
  return configured?.type ?? USUAL_TYPES.get(mount.slice(0, -1)) ?? '';
}

function operationOf(request: JsonRecord): string {
  const operation = textAt(request, 'operation') ?? '';
  return OPERATIONS.has(operation) ? operation : 'other';
}

/** The path is absent in the root namespace; its id is told then, or stands alone in older logs. */
function namespaceOf(request: JsonRecord): string {
  const namespace = recordAt(request, 'namespace');
  const id = textAt(namespace, 'id') ?? 'root';
  return trimSlashes(textAt(namespace, 'path') ?? (id === 'root' ? '' : id));
}

/** OpenBao writes the namespace in front of the mount, but not in front of the path. */
function mountInRecord(request: JsonRecord, namespace: string, path: string): string | undefined {
  const point = textAt(request, 'mount_point');
  if (point === undefined) return undefined;
  const inside = namespace !== '' && point.startsWith(`${namespace}/`) ? point.slice(namespace.length + 1) : point;
  const mount = inside.endsWith('/') ? inside : `${inside}/`;
  return path.startsWith(mount) || `${path}/` === mount ? mount : undefined;
}

function mountInList(namespace: string, path: string, mounts: readonly VaultMount[]): VaultMount | undefined {
  const prefix = namespace === '' ? '' : `${namespace}/`;
  const found = mounts.find((mount) => `${prefix}${path}/`.startsWith(mount.path));
  return found?.path.startsWith(prefix) ? { ...found, path: found.path.slice(prefix.length) } : undefined;
}

/** `auth/NAME/` for auth methods, the first segment for everything else. */
function firstSegment(path: string): string {
  const [first = '', second] = path.split('/');
  return first === 'auth' && second ? `auth/${second}/` : `${first}/`;
}

function typeInRecord(request: JsonRecord): string | undefined {
  const type = textAt(request, 'mount_type');
  return type?.startsWith('ns_') ? type.slice(3) : type;
}

function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '/') start += 1;
  while (end > start && text[end - 1] === '/') end -= 1;
  return text.slice(start, end);
}
