import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { NOBODY } from '../domain/principal.js';
import { RecordEventsCommand, type OwnEvent } from '../ingestion/commands/record-events/record-events.command.js';
import { Clock } from '../platform/clock.js';
import { describeError } from '../platform/logging/describe-error.js';
import { Logger } from '../platform/logging/logger.js';
import { RefusalCounts, type Refusal, type RefusalGroup } from './refusal-counts.js';

const FLUSH_MS = 60_000;
/** Addresses told apart in one minute, and groups that wait while the log can't be written. */
const GROUPS_LIMIT = 10_000;
/** Groups recorded in one commit, so that a flood's are on the log before a stop runs out of time. */
const BATCH = 500;

/** Makes events of refusals: each minute, and at the end. What can't be recorded now is kept and tried again. */
@Injectable()
export class RefusalRecorder implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #counts = new RefusalCounts(GROUPS_LIMIT);
  #waiting: readonly RefusalGroup[] = [];
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  add(refusal: Refusal): void {
    this.#counts.add(refusal, this.clock.now());
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  /** The HTTP server has closed by now, so nothing is added any more; the stores close after this. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush(true);
    this.#lose(this.#waiting);
  }

  /** Records what is over, or everything; one flush after the other. */
  flush(all = false): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flush(all));
    return this.#flushing;
  }

  async #flush(all: boolean): Promise<void> {
    const groups = [...this.#waiting, ...this.#counts.take(this.clock.now(), all)];
    this.#lose(groups.slice(GROUPS_LIMIT * 2));
    const bounded = groups.slice(0, GROUPS_LIMIT * 2);
    let recorded = 0;
    try {
      while (recorded < bounded.length) {
        const batch = bounded.slice(recorded, recorded + BATCH);
        await this.commands.execute(commandOf(batch));
        recorded += batch.length;
      }
    } catch (error) {
      this.logger.event('error.unexpected', { part: 'refusals', ...describeError(error) });
    }
    this.#waiting = bounded.slice(recorded);
  }

  /** They were logged and counted in the metrics one by one; the trail lacks them, and that is said. */
  #lose(groups: readonly RefusalGroup[]): void {
    const lost = new Map<string, number>();
    for (const { code, count } of groups) lost.set(code, (lost.get(code) ?? 0) + count);
    for (const [code, count] of lost) this.logger.event('access.refusals_lost', { code, count });
  }
}

function commandOf(groups: readonly RefusalGroup[]): RecordEventsCommand {
  return new RecordEventsCommand(
    { form: 'own', events: groups.map(eventOf) },
    { principal: NOBODY, requestId: groups[0]?.requestId ?? '' },
  );
}

function eventOf({ id, code, reason, minute, count, address, principal, requestId }: RefusalGroup): OwnEvent {
  return {
    id,
    action: 'trail.refused',
    outcome: 'failure',
    reason,
    occurredAt: minute,
    caller: { principal, requestId, ...(address !== undefined && { address }) },
    details: { code, count, minute },
  };
}
