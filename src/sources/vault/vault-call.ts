import type { RecordableAction } from '../../domain/action.js';

/** A request's address and operation, taken apart. */
export interface VaultCall {
  /** One of the known operations, or `other`. */
  readonly operation: string;
  /** Without slashes at its ends; empty for the root namespace. */
  readonly namespace: string;
  /** With a slash at its end: `secret/`, `auth/userpass/`. */
  readonly mount: string;
  /** The mount's type; empty where neither the record nor the configuration tells. */
  readonly engine: string;
  /** Of a KV mount, where it is configured. */
  readonly version?: 1 | 2;
  /** What follows the mount, in segments. */
  readonly rest: readonly string[];
}

/** A segment that names a person. */
export interface NamedSegment {
  readonly name: string;
  readonly nativeId: string;
  /** True where the person is the one who acts: a login. */
  readonly isActor: boolean;
}

export type PathSegment = string | NamedSegment;

/** What a call means; `undefined` in a map means that the engine has no such call. */
export interface VaultMeaning {
  readonly action: RecordableAction;
  /** The object, behind the mount: the API's own segments taken out. */
  readonly rest: readonly PathSegment[];
  readonly version?: string;
  readonly reach?: 'collection';
  /** How the data holds a secret's value: as it is, or wrapped in `data` beside `metadata` (KV version 2). */
  readonly holds?: 'plain' | 'versioned';
  /** The object's place where it is not the mount's: a lease of another mount. */
  readonly mount?: string;
  /** Segments left out of `rest`, because what stands there is a credential. */
  readonly credentials?: number;
}

/** Actions by kind of operation. A `secret.update` becomes a `secret.create` where the operation says that it is new. */
export type Rule = Partial<Record<'read' | 'list' | 'write' | 'delete', RecordableAction>>;

const KINDS: ReadonlyMap<string, keyof Rule> = new Map([
  ['read', 'read'],
  ['list', 'list'],
  ['scan', 'list'],
  ['create', 'write'],
  ['update', 'write'],
  ['patch', 'write'],
  ['delete', 'delete'],
]);

export function actionBy(rule: Rule | undefined, operation: string): RecordableAction | undefined {
  const kind = KINDS.get(operation);
  const action = kind && rule?.[kind];
  return action === 'secret.update' && operation === 'create' ? 'secret.create' : action;
}

export function isReading(operation: string): boolean {
  const kind = KINDS.get(operation);
  return kind === 'read' || kind === 'list';
}

export function isListing(operation: string): boolean {
  return KINDS.get(operation) === 'list';
}
