import type { LogPoint } from '../../../domain/position.js';
import { promised } from '../../sqlite/promised.js';
import {
  ReadStore,
  type AppliedWrites,
  type CheckpointMove,
  type ViewAggregation,
  type ViewBuckets,
  type ViewDefinition,
  type FoundDocument,
  type ViewGeneration,
  type ViewPage,
  type ViewQuery,
  type ViewWrite,
} from '../read-store.port.js';
import type { ViewFilter } from '../view-filter.js';
import { InThreadQueries } from './in-thread-queries.js';
import type { ReadOptions } from './read-store-reader.js';
import { ReadStoreWriter, type ApplyTarget } from './read-store-writer.js';
import { SlowCleanUp } from './slow-clean-up.js';
import { ThreadedQueries } from './threaded-queries.js';

/** Where queries run: other threads, or this one. */
type Queries = Pick<InThreadQueries, keyof InThreadQueries>;

/** Views in one SQLite file. Writes run in the calling thread (the projector's); queries where the factory says. */
export class SqliteReadStore extends ReadStore {
  readonly #writer: ReadStoreWriter;
  readonly #cleanUp: SlowCleanUp;

  private constructor(
    options: ReadOptions,
    private readonly queries: Queries,
  ) {
    super();
    this.#writer = new ReadStoreWriter(options);
    this.#cleanUp = new SlowCleanUp(() => this.#writer.cleanUp());
    this.#writer.open();
  }

  /** Queries run in threads of their own, so that none holds the caller's. Each ends within a bounded time. */
  static threaded(options: ReadOptions): SqliteReadStore {
    return new SqliteReadStore(options, new ThreadedQueries(options));
  }

  /** Everything runs in the calling thread. */
  static inThread(options: ReadOptions): SqliteReadStore {
    return new SqliteReadStore(options, new InThreadQueries(options));
  }

  define(view: ViewDefinition, start: LogPoint): Promise<readonly ViewGeneration[]> {
    this.#cleanUp.start();
    return promised(() => this.#writer.define(view, start));
  }

  beginRebuild(view: ViewDefinition, start: LogPoint): Promise<ViewGeneration> {
    return promised(() => this.#writer.beginRebuild(view, start));
  }

  activate(view: string, generation: number): Promise<void> {
    this.#cleanUp.start();
    return promised(() => {
      this.#writer.activate(view, generation);
    });
  }

  generations(view: string): Promise<readonly ViewGeneration[]> {
    return this.queries.generations(view);
  }

  apply(target: ApplyTarget, writes: readonly ViewWrite[], move: CheckpointMove): Promise<AppliedWrites | false> {
    return promised(() => this.#writer.apply(target, writes, move));
  }

  get(view: string, id: string, generation?: number): Promise<FoundDocument | undefined> {
    return this.queries.get(view, id, generation);
  }

  query(query: ViewQuery): Promise<ViewPage> {
    return this.queries.query(query);
  }

  count(view: string, filter?: ViewFilter): Promise<number> {
    return this.queries.count(view, filter);
  }

  aggregate(aggregation: ViewAggregation): Promise<ViewBuckets> {
    return this.queries.aggregate(aggregation);
  }

  async close(): Promise<void> {
    this.#cleanUp.stop();
    this.#writer.close();
    await this.queries.close();
  }
}
