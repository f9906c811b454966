import type { ErrorCode } from '../domain/errors.js';
import type { Health, PartState } from '../platform/health/health.js';
import type { Logger } from '../platform/logging/logger.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import type { BlockedAt, ConsumerStatus } from './consumer-status.js';

/** Tells health, metrics and the log what becomes of the projector. Its lag is measured when it is asked for. */
export class ConsumerWatch {
  #before: ConsumerStatus | undefined;

  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  see(status: ConsumerStatus): void {
    const consumer = status.name;
    this.metrics.poisonEvents.inc({ consumer }, 0);
    this.health.report('projector', projectorState(status));
    this.health.report('read_store', readStoreState(status));
    this.#tellFailures(status);
    for (const blocked of status.blocked) this.#tellBlocked(blocked, consumer);
    this.#tellNewBuilds(status);
    this.#before = status;
  }

  #tellFailures({ name: consumer, state, restarts, lastError }: ConsumerStatus): void {
    const code = lastError?.code;
    if (restarts > (this.#before?.restarts ?? 0)) this.logger.event('consumer.restarted', { consumer, code, restarts });
    else if (state === 'failing' && this.#before?.state !== 'failing') {
      this.logger.event('consumer.failing', { consumer, code });
    }
  }

  /** Every attempt counts; it is said once, when somebody has to look. */
  #tellBlocked({ view, position, code, attempts, alarm }: BlockedAt, consumer: string): void {
    const before = this.#before?.blocked.find((one) => one.view === view && one.position === position);
    this.metrics.poisonEvents.inc({ consumer }, Math.max(0, attempts - (before?.attempts ?? 0)));
    if (alarm && !before?.alarm) this.logger.event('consumer.blocked', { consumer, view, position, code, attempts });
  }

  #tellNewBuilds({ views }: ConsumerStatus): void {
    for (const { view, generation, version, active } of views) {
      const before = this.#before?.views.find((one) => one.view === view && one.generation === generation);
      if (active && before && !before.active)
        this.logger.event('consumer.view_switched', { view, generation, version });
    }
  }
}

function projectorState({ state, blocked, lastError }: ConsumerStatus): PartState {
  const alarmed = blocked.find(({ alarm }) => alarm);
  if (alarmed) return failed(alarmed.code);
  if (state === 'starting') return { state: 'starting' };
  if (state === 'stopped' || state === 'failing') return failed(lastError?.code ?? 'INTERNAL.UNEXPECTED');
  return { state: 'working' };
}

/** Every view must have a build that queries see. */
function readStoreState({ views }: ConsumerStatus): PartState {
  if (views.length === 0) return { state: 'starting' };
  const shown = new Set(views.filter(({ active }) => active).map(({ view }) => view));
  return { state: views.every(({ view }) => shown.has(view)) ? 'working' : 'rebuilding' };
}

function failed(code: ErrorCode): PartState {
  return { state: 'failed', code };
}
