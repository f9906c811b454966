import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Caller } from '../../domain/caller.js';
import { KeytrailError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock.js';
import { describeError } from '../../platform/logging/describe-error.js';
import { Health } from '../../platform/health/health.js';
import { Logger } from '../../platform/logging/logger.js';
import { StateStore, type OutboxEvent, type StateDocument } from '../../storage/state-store/state-store.port.js';
import type { OwnEvent } from '../commands/record-events/record-events.command.js';
import { OwnRecords } from '../own-records.js';
import { Recording } from '../recording.js';
import { OutboxEvents } from './outbox-events.port.js';
import { readyEvent, readyRecord } from './ready-event.js';

/** Documents looked at in one go. */
const DOCUMENTS = 100;
/** How often outboxes are looked at that nobody told of: after a failure, or another process's end. */
const LOOK_MS = 5_000;

/**
 * Brings the events of state documents to the log: at the start, at every `notify`, and now and then. An event that was
 * appended before a crash is a duplicate at the next attempt, and then taken out of the outbox.
 */
@Injectable()
export class OutboxAppender extends OutboxEvents implements OnApplicationBootstrap, OnApplicationShutdown {
  #running: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ownRecords: OwnRecords,
    private readonly recording: Recording,
    private readonly state: StateStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly health: Health,
  ) {
    super();
    health.report('state_store', { state: 'starting' });
  }

  onApplicationBootstrap(): void {
    this.notify();
    this.#timer = setInterval(() => {
      this.notify();
    }, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  override async prepare(event: OwnEvent, caller: Caller): Promise<OutboxEvent> {
    const [record] = await this.ownRecords.prepare([event], caller);
    if (!record) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'outbox' });
    return readyEvent(record);
  }

  override notify(): void {
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Resolves when what was in outboxes before has been tried. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#appendAll();
      }
    } catch (error) {
      this.logger.event('error.unexpected', { part: 'outbox', ...describeError(error) });
    } finally {
      this.#running = undefined;
    }
  }

  async #appendAll(): Promise<void> {
    for (;;) {
      const documents = await this.#waiting();
      const recordedAt = this.clock.now().toISOString();
      for (const document of documents) {
        await this.recording.recordReady(document.outbox.map((event) => readyRecord(event, recordedAt)));
        await this.state.clearOutbox(
          document,
          document.outbox.map(({ id }) => id),
        );
      }
      if (documents.length < DOCUMENTS) return;
    }
  }

  /** As the state store is asked here now and then, whatever comes, this tells how it is: without it nobody new can be recorded. */
  async #waiting(): Promise<readonly StateDocument[]> {
    try {
      const documents = await this.state.withOutbox(DOCUMENTS);
      this.health.report('state_store', { state: 'working' });
      return documents;
    } catch (error) {
      const code = error instanceof KeytrailError ? error.code : 'INTERNAL.UNEXPECTED';
      this.health.report('state_store', { state: 'failed', code });
      throw error;
    }
  }
}
