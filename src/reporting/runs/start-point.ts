import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { earliestOf, hasReached } from '../../consuming/log-walk.js';
import { KeytrailError } from '../../domain/errors.js';
import { eventsBetween, formatLogPoint, parseLogPoint, type LogPoint } from '../../domain/position.js';
import { EventLog } from '../../storage/event-log/event-log.port.js';
import { ReadStore } from '../../storage/read-store/read-store.port.js';
import { SECRET_ALIASES } from '../../trail/secret-alias.view.js';
import { SOURCE_COVERAGE } from '../../trail/source-coverage.view.js';
import { TRAIL_EVENTS } from '../../trail/trail-event.view.js';
import type { RunStart } from '../domain/report-run.js';

/** Milliseconds. What was recorded just before a report is asked for should be in it; but no report waits for ever. */
const PATIENCE = 30_000;
const STEP = 50;

/** Finds what a report begun now reflects: everything recorded so far, as soon as the views show it. */
@Injectable()
export class StartPoint {
  constructor(
    private readonly log: EventLog,
    private readonly store: ReadStore,
  ) {}

  /** Throws `TRAIL.NOT_READY` while the views are being built. */
  async find(signal: AbortSignal): Promise<Pick<RunStart, 'asOf' | 'behind'>> {
    const end = await this.log.end();
    let reached = await this.#reached();
    for (let waited = 0; eventsBetween(reached, end) > 0 && waited < PATIENCE; waited += STEP) {
      await wait(STEP, undefined, { signal });
      reached = await this.#reached();
    }
    return { asOf: formatLogPoint(reached), behind: eventsBetween(reached, end) };
  }

  /**
   * Whether the views still show, or show again, what a report begun earlier reflects. Throws `TRAIL.NOT_READY` while they
   * do not, and `REPORTING.FAILED` when the log is another one now.
   */
  async check(start: RunStart): Promise<void> {
    const asOf = parseLogPoint(start.asOf);
    const reached = await this.#reached();
    if (asOf?.epoch !== reached.epoch) throw new KeytrailError('REPORTING.FAILED', { part: 'as_of' });
    if (!hasReached(reached, asOf)) throw new KeytrailError('TRAIL.NOT_READY');
  }

  /** By every view that a report reads: they stand at points of their own. */
  async #reached(): Promise<LogPoint> {
    const [trail, ...others] = [TRAIL_EVENTS, SECRET_ALIASES, SOURCE_COVERAGE] as const;
    const points = await Promise.all(others.map(({ name }) => this.#shownBy(name)));
    return earliestOf([await this.#shownBy(trail.name), ...points]);
  }

  async #shownBy(view: string): Promise<LogPoint> {
    const generations = await this.store.generations(view);
    const active = generations.find((generation) => generation.active);
    if (!active) throw new KeytrailError('TRAIL.NOT_READY');
    return active.checkpoint;
  }
}
