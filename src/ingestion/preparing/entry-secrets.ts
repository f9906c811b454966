import type { EntrySecret } from '../../domain/entry.js';
import { cutText } from '../../domain/hostile-text.js';
import { secretUid } from '../../domain/secret-uid.js';
import type { MarkedText, SourcedSecret } from '../../domain/sourced-event.js';
import { SHOWN_PATH_LIMIT } from './kept-fields.js';

/** Stands in a path for a person who is named but has no subject, and for everybody in what must not depend on subjects. */
export const PERSON_PLACE = '{person}';

export interface PathWriting {
  readonly instance: string;
  /** What stands in a person's place. */
  readonly placeOf: (person: number) => string;
  readonly keyedHash: (text: string) => string;
}

/** A secret as the entry names it; `true` when its path is shown cut. */
export function entrySecret(secret: SourcedSecret, writing: PathWriting): { secret: EntrySecret; cut: boolean } {
  const path = writePath(secret.path, writing.placeOf);
  const shown = path.length > SHOWN_PATH_LIMIT ? cutText(path, SHOWN_PATH_LIMIT) : path;
  return {
    secret: {
      uid: uidOf(secret, path, writing),
      store: secret.store,
      path: shown,
      ...(secret.alias && { alias: uidOf(secret, writePath(secret.alias, writing.placeOf), writing) }),
      ...(secret.version !== undefined && { version: secret.version }),
      ...(secret.previousVersion !== undefined && { previousVersion: secret.previousVersion }),
      ...(secret.reach && { scope: secret.reach }),
      ...(secret.valueReturned !== undefined && { valueReturned: secret.valueReturned }),
    },
    cut: shown !== path,
  };
}

/** The uid with `{person}` for every person: the same on every replica, whatever subjects there are. */
export function partitionUid(secret: SourcedSecret, writing: Omit<PathWriting, 'placeOf'>): string {
  const placeOf = (): string => PERSON_PLACE;
  return uidOf(secret, writePath(secret.path, placeOf), { ...writing, placeOf });
}

export function namesPeople({ path }: SourcedSecret): boolean {
  return path.some((piece) => typeof piece !== 'string');
}

function uidOf({ store, scope, instance }: SourcedSecret, path: string, writing: PathWriting): string {
  return secretUid({ store, scope, path, instance: instance ?? writing.instance }, writing.keyedHash);
}

function writePath(path: MarkedText, placeOf: (person: number) => string): string {
  const [only] = path;
  if (path.length === 1 && typeof only === 'string') return only;
  return path.map((piece) => (typeof piece === 'string' ? piece : placeOf(piece.person))).join('');
}
