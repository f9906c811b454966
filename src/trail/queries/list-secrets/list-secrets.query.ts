import { Query } from '@nestjs/cqrs';
import type { Asked, PagedAnswer, PageRequest } from '../asking/asked.js';

export interface ListedSecret {
  /** The uid that stands for the secret, whatever events call it. */
  readonly secret: string;
  readonly events: number;
  /** How many different actors; unknown ones are not counted. */
  readonly actors: number;
  /** RFC 3339. */
  readonly first: string;
  readonly last: string;
}

export interface SecretsAnswer extends PagedAnswer {
  readonly secrets: readonly ListedSecret[];
  /** How many there are from this page on. */
  readonly secretsInAll: number;
}

/** The secrets that matching events are about, by uid. */
export class ListSecretsQuery extends Query<SecretsAnswer> {
  constructor(
    readonly asked: Asked,
    readonly page: PageRequest,
  ) {
    super();
  }
}
