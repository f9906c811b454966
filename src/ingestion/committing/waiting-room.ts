import { KeytrailError } from '../../domain/errors.js';
import { RETRY_AFTER_SECONDS } from '../ingestion-limits.js';

export interface RoomLimits {
  readonly events: number;
  readonly bytes: number;
}

/** What a delivery takes up while it waits. */
export interface Seat {
  /** The delivery is prepared: this is what it takes up now. */
  prepared(events: number, bytes: number): void;
  leave(): void;
}

/** Bounds what is in memory between arrival and commit. Whoever finds it full is refused at once, not kept waiting. */
export class WaitingRoom {
  #events = 0;
  #bytes = 0;

  constructor(
    private readonly limits: RoomLimits,
    private readonly onChange: (events: number, bytes: number) => void,
  ) {}

  /**
   * A delivery that alone is larger than the room finds it empty or not at all.
   * @throws KeytrailError INGESTION.QUEUE_FULL
   */
  enter(bytes: number): Seat {
    const full = this.#events >= this.limits.events || this.#bytes + bytes > this.limits.bytes;
    if (full && this.#bytes > 0)
      throw new KeytrailError('INGESTION.QUEUE_FULL', { retryAfter: RETRY_AFTER_SECONDS, waiting: this.#events });
    let [ownEvents, ownBytes] = [0, 0];
    const take = (events: number, taken: number): void => {
      this.#events += events - ownEvents;
      this.#bytes += taken - ownBytes;
      [ownEvents, ownBytes] = [events, taken];
      this.onChange(this.#events, this.#bytes);
    };
    take(0, bytes);
    return {
      prepared: take,
      leave: () => {
        take(0, 0);
      },
    };
  }
}
