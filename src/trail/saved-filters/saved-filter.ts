import type { EncryptedDisclosures } from '../../domain/encrypted-part.js';
import type { TrailFilter } from '../domain/trail-filter.js';

/** A saved filter as the state store keeps it: nothing in clear that may be anybody's name. */
export interface StoredFilter {
  readonly v: 1;
  /** RFC 3339. */
  readonly createdAt: string;
  /** The subject of whoever saved it. */
  readonly createdBy?: string;
  readonly open: TrailFilter;
  /** JSON of `SealedPart`, under the key of whoever saved it; bound to the filter's id. */
  readonly sealed: EncryptedDisclosures;
  /** The sealed part holds terms, so that without it the filter would find more than it should. */
  readonly personal: boolean;
}

export interface SealedPart {
  /** What its owner calls it. */
  readonly title: string;
  readonly personal?: TrailFilter;
}

/** A saved filter, opened; without the sealed part when its key was destroyed. */
export interface SavedFilter {
  readonly id: string;
  readonly stored: StoredFilter;
  readonly sealed?: SealedPart;
}
