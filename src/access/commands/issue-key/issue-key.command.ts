import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { RecordingLimits, Role } from '../../../domain/principal.js';
import type { Secret } from '../../../domain/secret.js';

export interface IssuedKey {
  readonly id: string;
  /** The key itself: shown once. */
  readonly key: Secret<string>;
}

/** Makes a key for someone. An event. @throws KeytrailError ACCESS.TOO_MANY_KEYS */
export class IssueKeyCommand extends Command<IssuedKey> {
  constructor(
    readonly request: {
      /** The holder's name: personal data. */
      readonly name: string;
      readonly actorKind: 'user' | 'service';
      readonly role: Role;
      readonly identities?: boolean;
      readonly limits?: RecordingLimits;
      readonly notAfter?: Date;
    },
    readonly caller: Caller,
  ) {
    super();
  }
}
