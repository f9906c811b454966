import { withNext, type LogPoint } from '../domain/position.js';
import type { CheckpointMarks, ReadStore, ViewGeneration, ViewWrite } from '../storage/read-store/read-store.port.js';
import { CheckpointLost } from './checkpoint-lost.js';
import { DocumentFold } from './document-fold.js';
import type { EventPage } from './event-pages.js';
import { markOf } from './log-mark.js';
import type { OpenedEvent } from './opened-event.js';
import { eventWriter, type PageWriter } from './page-writer.js';
import { isOutage, PoisonEvent } from './poison-event.js';
import type { FoldedBody, Projection } from './projection.js';

/** Of a view that nobody waits for; yet reports go by it. */
const PAGES_UNSTORED = 16;

/** One generation of a view on its way along the log. */
export class ViewTrack {
  readonly view: string;
  readonly version: number;
  readonly generation: number;
  readonly #writer: PageWriter;
  /** How many pages may write nothing before the checkpoint is stored all the same. */
  readonly #pagesUnstored: number;
  #checkpoint: LogPoint;
  /** The checkpoint as the store has it: it may stay behind while pages write nothing into this view. */
  #stored: LogPoint;
  #unstored = 0;
  readonly #marks = new Map<number, string>();

  constructor(
    projection: Projection,
    generation: ViewGeneration,
    private readonly store: ReadStore,
  ) {
    this.view = generation.view;
    this.version = generation.version;
    this.generation = generation.generation;
    this.#checkpoint = this.#stored = generation.checkpoint;
    this.#pagesUnstored = projection.isAwaited === true ? 1 : PAGES_UNSTORED;
    this.#writer =
      'evolve' in projection ? new DocumentFold(projection, (id) => this.#load(id)) : eventWriter(projection);
  }

  get checkpoint(): LogPoint {
    return this.#checkpoint;
  }

  /** How far the view is for whoever asks it. */
  get shown(): LogPoint {
    return this.#stored;
  }

  /**
   * Writes the page's documents and moves the checkpoint past it. Of a page with an event that can't be consumed, what
   * stands before that event is written, then a `PoisonEvent` is thrown. A page that writes nothing, with more pages to
   * come, mostly moves the checkpoint in memory only: a transaction for nothing costs as much as one for something.
   */
  async apply(page: EventPage): Promise<void> {
    const { partition, events, next, more, poison } = page;
    try {
      if (events.length > 0) await this.#applyEvents(events, withNext(this.#checkpoint, partition, next), more);
    } catch (error) {
      this.#throwUnlessPoison(error);
      await this.#applyOneByOne(events);
    }
    if (poison) throw poison;
  }

  /** Stores a checkpoint that was moved in memory only. */
  async settle(): Promise<void> {
    if (this.#stored !== this.#checkpoint) await this.#store([], this.#checkpoint);
  }

  /** Takes over where other replicas have brought the partitions that are not mine. */
  see(stored: LogPoint, mine: ReadonlySet<number>): void {
    for (const [partition, next] of stored.next.entries()) {
      if (mine.has(partition) || this.#stored.next[partition] === next) continue;
      const isSettled = this.#stored === this.#checkpoint;
      this.#stored = withNext(this.#stored, partition, next);
      this.#checkpoint = isSettled ? this.#stored : withNext(this.#checkpoint, partition, next);
    }
  }

  async #applyOneByOne(events: readonly OpenedEvent[]): Promise<void> {
    for (const event of events) {
      try {
        const { partition, offset } = event.position;
        await this.#applyEvents([event], withNext(this.#checkpoint, partition, offset + 1));
      } catch (error) {
        this.#throwUnlessPoison(error);
        throw new PoisonEvent(event.position, error);
      }
    }
  }

  #throwUnlessPoison(error: unknown): void {
    this.#writer.forget();
    if (error instanceof CheckpointLost || isOutage(error)) throw error;
  }

  async #applyEvents(events: readonly OpenedEvent[], to: LogPoint, more = false): Promise<void> {
    const { writes, applied } = await this.#writer.prepare(events);
    const mark = markOf(events);
    if (mark !== undefined) this.#marks.set(events[0]?.position.partition ?? 0, mark);
    this.#unstored += 1;
    if (writes.length > 0 || !more || this.#unstored >= this.#pagesUnstored) await this.#store(writes, to);
    this.#checkpoint = to;
    applied();
  }

  async #store(writes: readonly ViewWrite[], to: LogPoint): Promise<void> {
    const { view, generation } = this;
    const move = { from: this.#stored, to, marks: this.#marksOf(to) };
    const done = await this.store.apply({ view, generation }, writes, move);
    if (done === false) throw new CheckpointLost(view);
    this.#stored = to;
    this.#unstored = 0;
  }

  /** Of the partitions that have moved since the checkpoint was stored. */
  #marksOf(to: LogPoint): CheckpointMarks {
    return Object.fromEntries(
      [...this.#marks].filter(([partition]) => to.next[partition] !== this.#stored.next[partition]),
    );
  }

  async #load(id: string): Promise<FoldedBody | undefined> {
    const document = await this.store.get(this.view, id, this.generation);
    return document && (JSON.parse(document.body) as FoldedBody);
  }
}
