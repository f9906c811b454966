import { Query } from '@nestjs/cqrs';
import type { PersonIdentity } from '../../../domain/identity.js';
import type { Asked, PagedAnswer, PageRequest } from '../asking/asked.js';

export interface ListedActor {
  readonly actor: string;
  readonly kind: string;
  /** The latest known names, for those who may see them. */
  readonly identity?: PersonIdentity;
  readonly events: number;
  /** How many different secrets. */
  readonly secrets: number;
  /** RFC 3339. */
  readonly first: string;
  readonly last: string;
}

export interface ActorsAnswer extends PagedAnswer {
  readonly actors: readonly ListedActor[];
  /** How many there are from this page on. */
  readonly actorsInAll: number;
}

/** The known actors of matching events, by subject. */
export class ListActorsQuery extends Query<ActorsAnswer> {
  constructor(
    readonly asked: Asked,
    readonly page: PageRequest,
  ) {
    super();
  }
}
