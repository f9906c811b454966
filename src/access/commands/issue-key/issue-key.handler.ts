import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import type { RecordingLimits } from '../../../domain/principal.js';
import { keyDetails } from '../../domain/key-details.js';
import { addKey } from '../../domain/key-ring.js';
import { limitsFaults } from '../../domain/limits-faults.js';
import { KeyMaker } from '../../key-maker.js';
import { KeyRings } from '../../key-rings.js';
import { IssueKeyCommand, type IssuedKey } from './issue-key.command.js';

/** Who issues a key that reads would take a limit on it for one on what it may see. */
const LIMITS = { errors: ['limits: they say what a log_writer key may record; no other role takes them'] };

/** The other roles see identities or not by what they are. */
const IDENTITIES = { errors: ['identities: only an auditor key may be given the right to see them'] };

@CommandHandler(IssueKeyCommand)
export class IssueKeyHandler implements ICommandHandler<IssueKeyCommand> {
  constructor(
    private readonly maker: KeyMaker,
    private readonly rings: KeyRings,
  ) {}

  async execute({ request, caller }: IssueKeyCommand): Promise<IssuedKey> {
    if (request.role !== 'log_writer' && isLimited(request.limits)) throw new KeytrailError('REQUEST.INVALID', LIMITS);
    if (request.role !== 'auditor' && request.identities === true)
      throw new KeytrailError('REQUEST.INVALID', IDENTITIES);
    const errors = limitsFaults(request.limits);
    if (errors.length > 0) throw new KeytrailError('REQUEST.INVALID', { errors });
    const { ringKey, text } = await this.maker.make(request, caller.principal.keyId);
    await this.rings.change(caller, (ring) => ({
      after: addKey(ring, ringKey),
      event: {
        action: 'keytrail.key_issued',
        outcome: 'success',
        details: keyDetails(ringKey),
        personal: { person: { actorKind: request.actorKind, name: request.name } },
      },
    }));
    return { id: ringKey.id, key: text };
  }
}

function isLimited(limits: RecordingLimits = {}): boolean {
  return Object.values(limits).some((list) => list !== undefined && list !== null);
}
