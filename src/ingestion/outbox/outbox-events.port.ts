import type { Caller } from '../../domain/caller.js';
import type { OutboxEvent } from '../../storage/state-store/state-store.port.js';
import type { OwnEvent } from '../commands/record-events/record-events.command.js';

/**
 * Own events that belong to a change of control state: prepared first, then written with the document's change in one
 * write, then appended from the document's outbox by whoever finds them.
 */
export abstract class OutboxEvents {
  /** The event as it will be appended, under a random id unless it has one. It holds no personal data in clear. */
  abstract prepare(event: OwnEvent, caller: Caller): Promise<OutboxEvent>;

  /** Says that an outbox has something in it, so that it is appended now and not at the next look. */
  abstract notify(): void;
}
