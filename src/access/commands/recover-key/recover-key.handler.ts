import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { HOST_KEY_ID } from '../../../domain/principal.js';
import { Clock } from '../../../platform/clock.js';
import { keyDetails } from '../../domain/key-details.js';
import { recoverKey } from '../../domain/key-ring.js';
import { KeyMaker } from '../../key-maker.js';
import { KeyRings } from '../../key-rings.js';
import type { IssuedKey } from '../issue-key/issue-key.command.js';
import { RecoverKeyCommand } from './recover-key.command.js';

@CommandHandler(RecoverKeyCommand)
export class RecoverKeyHandler implements ICommandHandler<RecoverKeyCommand> {
  constructor(
    private readonly maker: KeyMaker,
    private readonly rings: KeyRings,
    private readonly clock: Clock,
  ) {}

  async execute({ lost, name, caller }: RecoverKeyCommand): Promise<IssuedKey> {
    if (caller.principal.keyId !== HOST_KEY_ID) throw new KeytrailError('ACCESS.DENIED');
    // Sealing the name needs the key-encryption key: a copied data folder without it recovers nothing.
    const { ringKey, text } = await this.maker.make({ name, actorKind: 'user', role: 'admin' }, HOST_KEY_ID);
    const revocation = { by: HOST_KEY_ID, now: this.clock.now() };
    await this.rings.change(caller, (ring) => {
      const after = recoverKey(ring, ringKey, lost === undefined ? revocation : { ...revocation, keyId: lost });
      const before = new Map(ring.keys.map((key) => [key.id, key.revokedAt]));
      const replaced = after.keys.find((key) => key.revokedAt !== null && before.get(key.id) === null);
      return {
        after,
        event: {
          action: 'keytrail.key_recovered',
          outcome: 'success',
          details: { ...keyDetails(ringKey), ...(replaced && { replaced: replaced.id }) },
        },
      };
    });
    return { id: ringKey.id, key: text };
  }
}
