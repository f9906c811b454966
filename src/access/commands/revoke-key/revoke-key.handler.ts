import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../platform/clock.js';
import { revokeKey } from '../../domain/key-ring.js';
import { KeyRings } from '../../key-rings.js';
import { RevokeKeyCommand } from './revoke-key.command.js';

@CommandHandler(RevokeKeyCommand)
export class RevokeKeyHandler implements ICommandHandler<RevokeKeyCommand> {
  constructor(
    private readonly rings: KeyRings,
    private readonly clock: Clock,
  ) {}

  async execute({ keyId, caller }: RevokeKeyCommand): Promise<void> {
    await this.rings.change(caller, (ring) => ({
      after: revokeKey(ring, { keyId, by: caller.principal.keyId, now: this.clock.now() }),
      event: { action: 'keytrail.key_revoked', outcome: 'success', details: { keyId } },
    }));
  }
}
