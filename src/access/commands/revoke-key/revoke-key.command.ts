import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';

/** Ends a key at once and for ever. An event. @throws KeytrailError ACCESS.KEY_NOT_FOUND, ACCESS.LAST_ADMIN_KEY */
export class RevokeKeyCommand extends Command<void> {
  constructor(
    readonly keyId: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
