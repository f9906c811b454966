import { Query } from '@nestjs/cqrs';
import type { PersonIdentity } from '../../../domain/identity.js';
import type { Asked, PagedAnswer, PageRequest } from '../asking/asked.js';

/** What events can be counted by; secrets by the uid that stands for them. `address` needs the right to see identities. */
export const COUNT_KEYS = [
  'actor',
  'secret',
  'address',
  'day',
  'action',
  'outcome',
  'reason',
  'source',
  'instance',
  'environment',
] as const;
export type CountKey = (typeof COUNT_KEYS)[number];

/** `count`: the largest first. `last`: the latest first. `key`: by key, the only order with further pages. */
export const COUNT_ORDERS = ['count', 'last', 'key'] as const;
export type CountOrder = (typeof COUNT_ORDERS)[number];

export interface CountsRequest extends PageRequest {
  /** One to three. */
  readonly by: readonly CountKey[];
  readonly order: CountOrder;
}

export interface CountGroup {
  /** `null` where events have no such value: an unknown actor, no address. */
  readonly key: Readonly<Partial<Record<CountKey, string | null>>>;
  readonly events: number;
  /** RFC 3339. */
  readonly first: string;
  readonly last: string;
  /** The actor's latest known names, for those who may see them. */
  readonly identity?: PersonIdentity;
}

export interface CountsAnswer extends PagedAnswer {
  readonly groups: readonly CountGroup[];
  /** How many groups there are from this page on; more than are shown when the limit cut them. */
  readonly groupsInAll: number;
  /** Events that match. An event with several secrets counts for each of them. */
  readonly events: number;
  /** Echoes of accesses are left out. */
  readonly withoutEchoes: boolean;
}

/** How many events match, by actor, secret, address, day and so on. */
export class CountEventsQuery extends Query<CountsAnswer> {
  constructor(
    readonly asked: Asked,
    readonly request: CountsRequest,
  ) {
    super();
  }
}
