import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { keyDetails } from '../../domain/key-details.js';
import { addKey } from '../../domain/key-ring.js';
import { KeyMaker } from '../../key-maker.js';
import { KeyRings } from '../../key-rings.js';
import { IssueKeyCommand, type IssuedKey } from './issue-key.command.js';

@CommandHandler(IssueKeyCommand)
export class IssueKeyHandler implements ICommandHandler<IssueKeyCommand> {
  constructor(
    private readonly maker: KeyMaker,
    private readonly rings: KeyRings,
  ) {}

  async execute({ request, caller }: IssueKeyCommand): Promise<IssuedKey> {
    const { ringKey, text } = await this.maker.make(request, caller.principal.keyId);
    await this.rings.change(caller, (ring) => ({
      after: addKey(ring, ringKey),
      event: {
        action: 'keytrail.key_issued',
        outcome: 'success',
        details: keyDetails(ringKey),
        personal: { text: JSON.stringify({ holder: request.name }) },
      },
    }));
    return { id: ringKey.id, key: text };
  }
}
