import type { PathSegment } from './vault-call.js';

const LOGIN = 'login';
const USERS = 'users';

export interface NamePlace {
  readonly namespace: string;
  /** The auth method's mount: `auth/userpass/`. */
  readonly mount: string;
  /** Who is named in a login is the one who acts. */
  readonly actsItself: boolean;
}

/** The segments, with the one behind the `login` or `users` at `at` marked as a person's name. */
export function withName(rest: readonly string[], at: number, place: NamePlace): readonly PathSegment[] {
  const { namespace, mount, actsItself } = place;
  const name = rest[at + 1];
  if (name === undefined || (rest[at] !== LOGIN && rest[at] !== USERS)) return rest;
  const nativeId = `${namespace === '' ? '' : `${namespace}/`}${mount}${name}`;
  const isActor = actsItself && rest[at] === LOGIN;
  return rest.map((segment, index) => (index === at + 1 ? { name, nativeId, isActor } : segment));
}

/** The same where an auth method's address stands within another: the lease of a login, `auth/userpass/login/NAME/ID`. */
export function withNameWithin(rest: readonly string[], namespace: string): readonly PathSegment[] {
  const auth = rest.indexOf('auth');
  if (auth < 0) return rest;
  const at = rest.findIndex((segment, index) => index > auth + 1 && (segment === LOGIN || segment === USERS));
  if (at < 0) return rest;
  return withName(rest, at, { namespace, mount: `${rest.slice(auth, at).join('/')}/`, actsItself: false });
}
