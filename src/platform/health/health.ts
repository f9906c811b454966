import type { ErrorCode } from '../../domain/errors.js';
import type { Logger } from '../logging/logger.js';
import type { Metrics } from '../metrics/metrics.js';

/** What must work for the service to be ready. Only those of this process's components take part. */
export type HealthPart = 'http' | 'event_log' | 'state_store' | 'read_store' | 'projector' | 'access' | 'privacy';

export type PartState =
  | { readonly state: 'starting' }
  | { readonly state: 'working' }
  /** Up, but not to be relied on: a read store that is being rebuilt, a projector far behind its log. */
  | { readonly state: 'rebuilding' }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/**
 * Whether the service is ready, from what its parts say of themselves. A part takes part from the first time it reports;
 * a part that says nothing is no proof, so a room reports `starting` when it is built.
 */
export class Health {
  readonly #parts = new Map<HealthPart, PartState>();
  #stopping = false;

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  report(part: HealthPart, now: PartState): void {
    const before = this.#parts.get(part);
    this.#parts.set(part, now);
    this.metrics.partHealthy.set({ part }, now.state === 'working' ? 1 : 0);
    this.metrics.ready.set(this.ready ? 1 : 0);
    if (before?.state !== now.state && !this.#stopping) this.#tell(part, now);
  }

  /** From now on the service is not ready, and parts that end are no news. */
  stop(): void {
    this.#stopping = true;
    this.metrics.ready.set(0);
  }

  #tell(part: HealthPart, now: PartState): void {
    if (now.state === 'working') this.logger.event('health.working', { part });
    else if (now.state === 'failed') this.logger.event('health.failed', { part, code: now.code });
    else this.logger.event('health.waiting', { part, state: now.state });
  }

  /** True when there is at least one part and every part works. */
  get ready(): boolean {
    return (
      !this.#stopping && this.#parts.size > 0 && [...this.#parts.values()].every(({ state }) => state === 'working')
    );
  }

  get parts(): ReadonlyMap<HealthPart, PartState> {
    return this.#parts;
  }
}
