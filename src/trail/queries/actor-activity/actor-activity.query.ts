import { Query } from '@nestjs/cqrs';
import type { PersonIdentity } from '../../../domain/identity.js';
import type { ActTally } from '../../domain/act-tally.js';
import type { Asked, PagedAnswer, PageRequest } from '../asking/asked.js';

export interface ActorSecret extends ActTally {
  /** The uid that stands for the secret; `null` for acts that named none. */
  readonly secret: string | null;
}

export interface ActorActivityAnswer extends PagedAnswer {
  readonly actor: string;
  /** The latest known names, for those who may see them. */
  readonly identity?: PersonIdentity;
  /** Over all matching events, echoes left out. Times in RFC 3339. */
  readonly summary: ActTally;
  /** What the actor touched, by uid. */
  readonly secrets: readonly ActorSecret[];
}

/** What one actor did: which secrets, first and last, failures and denials. */
export class ActorActivityQuery extends Query<ActorActivityAnswer> {
  constructor(
    /** The actor's subject. */
    readonly actor: string,
    readonly asked: Asked,
    readonly page: PageRequest,
  ) {
    super();
  }
}
