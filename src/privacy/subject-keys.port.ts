import type { ActorKind } from '../domain/sourced-event.js';

/** Whose key is wanted. */
export type SubjectRequest =
  | {
      readonly of: 'subject';
      readonly kind: ActorKind;
      /** The store that knows the person: source kind and instance. */
      readonly sourceKind: string;
      readonly instance: string;
      readonly nativeId: string;
      /** `2026-Q4`: data keys belong to one subject and one calendar quarter. */
      readonly quarter: string;
    }
  /** Unknown and unproved actors share one key per installation and UTC day (`2026-11-22`). */
  | { readonly of: 'day'; readonly date: string };

export interface SubjectKey {
  /** The random id; absent for a day key, which stands for nobody. */
  readonly subject?: string;
  readonly keyId: string;
  /** AES-256 key. Lives in memory only; never log it. */
  readonly key: Uint8Array;
}

/**
 * Subjects and their data keys. A new subject and key are durable before this answers, so that no event is ever
 * encrypted under a key that could be lost. What can't be read or created throws (`STORAGE.*`, `PRIVACY.*`).
 */
export abstract class SubjectKeys {
  /** In the order asked. Equal requests get equal answers, on every replica. */
  abstract resolve(requests: readonly SubjectRequest[]): Promise<readonly SubjectKey[]>;

  /** The data keys of these ids, for reading, each with its subject; `undefined` where a key was destroyed or never was. */
  abstract open(keyIds: readonly string[]): Promise<readonly (SubjectKey | undefined)[]>;

  /** The key of every keyed hash of something guessable. Never rotated, never logged. */
  abstract identityKey(): Promise<Uint8Array>;
}
