import type { Entry } from '../domain/entry.js';
import type { Identity } from '../domain/identity.js';
import type { Position } from '../domain/position.js';

/** One event off the log as projections see it. */
export interface OpenedEvent {
  readonly position: Position;
  readonly entry: Entry;
  /** The stored bytes as text. */
  readonly entryText: string;
  readonly identity: Identity;
}
