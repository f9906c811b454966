import { setImmediate as nextTurn } from 'node:timers/promises';
import { KeytrailError } from '../domain/errors.js';
import { eventsBetween, formatLogPoint, type LogPoint } from '../domain/position.js';
import type { Clock } from '../platform/clock.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { ReadStore } from '../storage/read-store/read-store.port.js';
import { DEFAULT_BACK_OFF, waitAfter } from './back-off.js';
import { CheckpointLost } from './checkpoint-lost.js';
import type { ConsumerState, ConsumerStatus, Lag } from './consumer-status.js';
import type { EventPage, EventPages } from './event-pages.js';
import { hasReached } from './log-walk.js';
import { measureLag } from './measure-lag.js';
import { errorCode, isOutage, PoisonEvent } from './poison-event.js';
import type { PartitionHolding } from './partition-holding.js';
import type { Projection } from './projection.js';
import { Signal } from './signal.js';
import type { Patience, TrackedView } from './tracked-view.js';
import { TrackedViews, type Lane } from './tracked-views.js';

export interface ConsumerParts {
  readonly log: EventLog;
  readonly store: ReadStore;
  readonly pages: EventPages;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  /** Which partitions are this replica's. Default: all of them. */
  readonly holding?: PartitionHolding;
  /** How long to leave the processor to others after so many milliseconds of work. Default: not at all. */
  readonly giveWay?: (workedMs: number) => number;
}

export interface ConsumerOptions extends Patience {
  readonly name: string;
  /** Events read at a time. */
  readonly pageSize: number;
  /** How often to look at the log when nothing calls. Milliseconds. */
  readonly pollMs: number;
}

export const CONSUMER_DEFAULTS = { pageSize: 500, pollMs: 1_000, alarmAfter: 3, backOff: DEFAULT_BACK_OFF } as const;

interface RebuildRequest {
  readonly views: readonly string[];
  readonly done: PromiseWithResolvers<undefined>;
}

/**
 * Walks along the log and keeps views up to date: a page at a time, each view's checkpoint moved by compare-and-set after
 * its writes. It never skips an event: one it can't consume is tried again with growing waits, and shown as blocked.
 * What the stores don't answer is tried again too. Starts again where the views' checkpoints are.
 */
export class Consumer {
  readonly #views: TrackedViews;
  readonly #appended = new Signal();
  readonly #ended = new Signal();
  readonly #listeners = new Set<() => void>();
  #rebuilds: RebuildRequest[] = [];
  #running: Promise<void> | undefined;
  #stopping = false;
  #opened = false;
  #held: ReadonlySet<number> = new Set();
  #state: ConsumerState = 'starting';
  #consumed = 0;
  #failures = 0;
  #failuresInRow = 0;
  #lastError: ConsumerStatus['lastError'];
  #lastLag: Lag = { events: 0, seconds: 0 };

  constructor(
    private readonly parts: ConsumerParts,
    private readonly options: ConsumerOptions,
  ) {
    this.#views = new TrackedViews(parts.projections, parts.log, parts.store);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the page at hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#appended.raise();
    this.#ended.raise();
    await this.#running;
  }

  /** Looks at the log at once. */
  wake(): void {
    this.#appended.raise();
  }

  /** Begins these views anew, beside what queries see. Resolves when the builds have begun. Throws for a name that no view has. */
  rebuild(views: readonly string[]): Promise<undefined> {
    const known = new Set(this.parts.projections.map(({ view }) => view.name));
    if (views.some((name) => !known.has(name))) {
      return Promise.reject(
        new KeytrailError('REQUEST.INVALID', { errors: [`views: each must be one of ${[...known].join(', ')}`] }),
      );
    }
    const done = Promise.withResolvers<undefined>();
    this.#rebuilds.push({ views, done });
    this.#appended.raise();
    return done.promise;
  }

  /** Resolves when every view shows what is on the log now. Throws when it will not by itself. */
  async caughtUp(): Promise<void> {
    const end = await this.parts.log.end();
    const done = Promise.withResolvers<undefined>();
    const look = (): void => {
      if (this.#shows(end)) done.resolve(undefined);
      else if (this.#hasGivenUp()) done.reject(new KeytrailError('TRAIL.NOT_READY', { consumer: this.options.name }));
    };
    this.#listeners.add(look);
    this.#appended.raise();
    look();
    await done.promise.finally(() => this.#listeners.delete(look));
  }

  /** Calls `listener` when something may have changed. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async status(): Promise<ConsumerStatus> {
    const end = await this.parts.log.end().catch(() => undefined);
    return {
      name: this.options.name,
      state: this.#state,
      lag: await this.#lag(),
      views: this.#views.all.map(({ track, active }) => ({
        view: track.view,
        version: track.version,
        generation: track.generation,
        active,
        checkpoint: formatLogPoint(track.checkpoint),
        lag: end ? eventsBetween(track.checkpoint, end) : 0,
      })),
      consumed: this.#consumed,
      failures: this.#failures,
      restarts: 0,
      blocked: this.#views.all.flatMap(({ blocked }) => blocked),
      ...(this.#lastError && { lastError: this.#lastError }),
    };
  }

  async #run(): Promise<void> {
    const wake = (): void => {
      this.#appended.raise();
    };
    const unsubscribe = [this.parts.log.subscribe(wake), this.parts.holding?.subscribe(wake)];
    while (!this.#stopping) {
      try {
        await this.#turn();
        this.#failuresInRow = 0;
      } catch (error) {
        this.#failed(error);
        if (error instanceof CheckpointLost && !this.parts.holding) break;
        await this.#ended.wait(waitAfter(this.#failuresInRow, this.options.backOff));
      }
    }
    for (const stop of unsubscribe) stop?.();
    this.#tell('stopped');
  }

  async #turn(): Promise<void> {
    const end = await this.parts.log.end();
    const held = new Set(this.parts.holding?.held.keys() ?? end.next.keys());
    // What another replica did in a partition before it became mine stands in the store alone.
    if (!this.#opened || [...held].some((partition) => !this.#held.has(partition))) await this.#views.open();
    this.#opened = true;
    this.#held = held;
    await this.#beginRebuilds();
    const begin = performance.now();
    const moved = await this.#advanceAll(end);
    if (!moved) await this.#settle();
    this.#tell(this.#views.all.some(({ blocked }) => blocked.length > 0) ? 'blocked' : 'running');
    if (moved) await this.#giveWay(performance.now() - begin);
    else await this.#appended.wait(this.#untilNextLook());
  }

  async #giveWay(workedMs: number): Promise<void> {
    const pause = this.parts.giveWay?.(workedMs) ?? 0;
    if (pause > 0) await this.#ended.wait(pause);
    else await nextTurn();
  }

  async #beginRebuilds(): Promise<void> {
    const requests = this.#rebuilds;
    this.#rebuilds = [];
    for (const { views, done } of requests) {
      try {
        for (const view of views) await this.#views.rebuild(view);
        done.resolve(undefined);
      } catch (error) {
        done.reject(error);
        throw error;
      }
    }
  }

  /** A page of every partition that is mine and has more. */
  async #advanceAll(end: LogPoint): Promise<boolean> {
    let moved = false;
    for (const partition of this.#held) {
      const lanes = this.#views.lanes(this.parts.clock.now(), partition, end.next[partition] ?? 0);
      for (const lane of lanes) moved = (await this.#advance(lane)) || moved;
    }
    return moved;
  }

  async #advance({ partition, from, views }: Lane): Promise<boolean> {
    const page = await this.parts.pages.read(from, partition, this.options.pageSize);
    for (const view of views) {
      await this.#advanceView(view, page);
      await this.#views.activateIfReady(view);
    }
    this.#consumed += page.events.length;
    return page.events.length > 0;
  }

  /** There is nothing more to read now. */
  async #settle(): Promise<void> {
    if (this.parts.holding) await this.#views.look(this.#held);
    for (const view of this.#views.all) {
      await view.track.settle();
      await this.#views.activateIfReady(view);
    }
  }

  async #advanceView(view: TrackedView, page: EventPage): Promise<void> {
    try {
      await view.track.apply(page);
      view.went(page.partition);
    } catch (error) {
      if (!(error instanceof PoisonEvent)) throw error;
      this.#failures += 1;
      view.stumbled(error, this.parts.clock.now(), this.options);
    }
  }

  #failed(error: unknown): void {
    this.#failures += 1;
    this.#failuresInRow += 1;
    this.#lastError = { code: errorCode(error), at: this.parts.clock.now().toISOString() };
    // It is not known what was written: the checkpoints tell.
    this.#opened = false;
    this.#tell('failing');
  }

  #untilNextLook(): number {
    const now = this.parts.clock.now();
    return Math.min(this.options.pollMs, ...this.#views.all.flatMap((view) => view.retriesIn(now)));
  }

  #tell(state: ConsumerState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #shows(end: LogPoint): boolean {
    const views = this.parts.projections.map(({ view }) => view.name);
    const shown = this.#views.all.filter(({ active, track }) => active && hasReached(track.shown, end));
    return views.every((name) => shown.some(({ track }) => track.view === name));
  }

  #hasGivenUp(): boolean {
    return this.#state === 'stopped' || this.#views.all.some(({ blocked }) => blocked.some(({ alarm }) => alarm));
  }

  /** Of the view that is furthest behind; what was known last when the log does not answer. */
  async #lag(): Promise<Lag> {
    const { log, clock } = this.parts;
    const { leading } = this.#views;
    try {
      const lags = await Promise.all(leading.map(({ track }) => measureLag(log, track.checkpoint, clock.now())));
      this.#lastLag = lags.sort((left, right) => right.events - left.events)[0] ?? { events: 0, seconds: 0 };
    } catch (error) {
      if (!isOutage(error)) throw error;
    }
    return this.#lastLag;
  }
}
