import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../platform/clock.js';
import { isActive, type RingKey } from '../../domain/key-ring.js';
import { limitsOf } from '../../key-directory.js';
import { KeyRings } from '../../key-rings.js';
import { SealedNames } from '../../sealed-names.js';
import { ListKeysQuery, type KeyView } from './list-keys.query.js';

@QueryHandler(ListKeysQuery)
export class ListKeysHandler implements IQueryHandler<ListKeysQuery> {
  constructor(
    private readonly rings: KeyRings,
    private readonly names: SealedNames,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<readonly KeyView[]> {
    const { keys } = await this.rings.read();
    const names = await this.names.open(keys);
    return keys.map((key) => show(key, names.get(key.id) ?? null, this.clock.now()));
  }
}

function show(key: RingKey, name: string | null, now: Date): KeyView {
  const lapsed = key.revokedAt === null ? 'expired' : 'revoked';
  return {
    id: key.id,
    role: key.role,
    identities: key.identities,
    kind: key.actorKind === 'user' ? 'person' : 'service',
    name,
    state: isActive(key, now) ? 'active' : lapsed,
    limits: limitsOf(key.limits),
    createdAt: key.createdAt,
    createdBy: key.createdBy,
    notAfter: key.notAfter,
    revokedAt: key.revokedAt,
    revokedBy: key.revokedBy,
  };
}
