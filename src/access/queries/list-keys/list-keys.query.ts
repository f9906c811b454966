import { Query } from '@nestjs/cqrs';
import type { Role, RecordingLimits } from '../../../domain/principal.js';

/** A key as it is shown: never the key itself. Times in RFC 3339. */
export interface KeyView {
  readonly id: string;
  readonly role: Role;
  readonly identities: boolean;
  readonly kind: 'person' | 'service';
  /** The holder; `null` when forgotten. */
  readonly name: string | null;
  readonly state: 'active' | 'expired' | 'revoked';
  readonly limits: RecordingLimits;
  readonly createdAt: string;
  /** The id of the key that issued it, `host`, or `bootstrap`. */
  readonly createdBy: string;
  readonly notAfter: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}

/** All keys ever issued, the oldest first. */
export class ListKeysQuery extends Query<readonly KeyView[]> {}
