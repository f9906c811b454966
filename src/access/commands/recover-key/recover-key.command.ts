import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';
import type { IssuedKey } from '../issue-key/issue-key.command.js';

/**
 * A new administrator's key in place of a lost one. Only for the user of the host that holds the key-encryption key. An
 * event. @throws KeytrailError ACCESS.DENIED, ACCESS.KEY_NOT_FOUND, REQUEST.INVALID when several could be the lost one
 */
export class RecoverKeyCommand extends Command<IssuedKey> {
  constructor(
    /** The lost key's id; may be left out when there is only one administrator's key. */
    readonly lost: string | undefined,
    /** The new holder's name: personal data. */
    readonly name: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
