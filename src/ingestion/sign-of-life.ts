import type { OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { describeError } from '../platform/logging/describe-error.js';
import type { Logger } from '../platform/logging/logger.js';
import type { StateKey, StateStore } from '../storage/state-store/state-store.port.js';
import type { Outage } from './committing/outage.js';

const PLACE: StateKey = { collection: 'ingestion', id: 'alive' };
const BEAT_MS = 10_000;
/** A shorter pause may be a beat that came late, and its senders try again. */
const LEAST_MS = 3 * BEAT_MS;

/**
 * Writes down now and then that the service runs, so that the next start knows since when it did not: then nothing could be
 * recorded, and a trail without a gap would say that nothing happened.
 */
export class SignOfLife implements OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly state: StateStore,
    private readonly outage: Outage,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** To be called when the service begins to take requests. */
  async begin(): Promise<void> {
    await this.#beat((before) => {
      if (this.clock.now().getTime() - before >= LEAST_MS) this.outage.wasDown(before);
    });
    this.#timer = setInterval(() => void this.#beat(), BEAT_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    await this.#beat();
  }

  /** A beat that can't be written now is followed by another; one that another process was faster with is as good. */
  async #beat(see: (before: number) => void = () => undefined): Promise<void> {
    try {
      const document = await this.state.get(PLACE);
      const before = document?.value['at'];
      if (typeof before === 'string') see(Date.parse(before));
      // Until a commit has told of it, the next start must still find since when nothing could be recorded.
      if (this.outage.owesDown) return;
      const value = { at: this.clock.now().toISOString() };
      await this.state.put({ ...PLACE, expected: document?.version ?? 0, value });
    } catch (error) {
      this.logger.event('error.unexpected', { part: 'sign of life', ...describeError(error) });
    }
  }
}
