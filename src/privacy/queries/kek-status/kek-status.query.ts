import { Query } from '@nestjs/cqrs';

/** What an operator must know of the key-encryption key. Nothing in it helps to find the key. */
export interface KekStatus {
  readonly kekId: string;
  /** RFC 3339: when it was made, or first seen where it was made elsewhere. */
  readonly since: string;
  /** Where it lies, in words. */
  readonly place: string;
  /** When an operator last confirmed a copy of this key elsewhere; absent = no copy is known. */
  readonly copyConfirmedAt?: string;
  /** Others than the owner may read or write the file. */
  readonly openToOthers: boolean;
  /** A rotation was begun and not ended: `keytrail kek rotate` goes on with it. */
  readonly rotationUnfinished: boolean;
}

/** The doctor's facts about the key-encryption key. */
export class KekStatusQuery extends Query<KekStatus> {}
