import type { DatabaseSync } from 'node:sqlite';
import { KeytrailError } from '../../../domain/errors.js';
import { Connection, type OpenFile } from '../../sqlite/connection.js';
import { StatementCache } from '../../sqlite/statement-cache.js';
import { openForReading, rollBack, type FileOptions } from '../../sqlite/sqlite-file.js';
import type {
  ViewAggregation,
  ViewBuckets,
  FoundDocument,
  ViewGeneration,
  ViewPage,
  ViewQuery,
} from '../read-store.port.js';
import type { ViewFilter } from '../view-filter.js';
import type { Condition } from './condition.js';
import { Aggregator } from './aggregator.js';
import { Deadline } from './deadline.js';
import { DocumentLoader } from './document-loader.js';
import { FilterCompiler } from './filter-compiler.js';
import { foldedText } from './folded-text.js';
import { columnsOf, GenerationRows, toGeneration, type GenerationRow } from './generation-row.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import { GenerationTables } from './generation-tables.js';
import { matchingRows } from './matching-rows.js';
import type { PageCosts } from './page-costs.js';
import { PageSearch } from './page-search.js';
import { READ_STORE_FORMAT } from './read-store-format.js';
import { RowCalls } from './row-calls.js';
import { ValueFinder } from './value-finder.js';

/** About 100 MB of keys. */
const MAX_GROUPS = 500_000;

export interface ReadOptions extends FileOptions {
  /** The longest that a query may work. */
  readonly queryMs: number;
  /** Groups that a query may hold in memory; it works in several passes when there are more. */
  readonly maxGroups?: number;
  /** For tests: makes a search for a page go other ways. */
  readonly pageCosts?: PageCosts;
}

/** Answers queries, in the thread it lives in. Each is one read transaction: it sees one state of the view. */
export class ReadStoreReader {
  readonly #connection: Connection<ReadingFile>;

  constructor(private readonly options: ReadOptions) {
    this.#connection = new Connection(
      { store: READ_STORE_FORMAT.store, path: options.path },
      () => new ReadingFile(options),
    );
  }

  generations(view: string): readonly ViewGeneration[] {
    return this.#connection.use((file) => file.rows.of(view).map(toGeneration));
  }

  get(view: string, id: string, generation?: number): FoundDocument | undefined {
    return this.#read((file) => new DocumentLoader(this.#snapshot(file, file.generation(view, generation))).byId(id));
  }

  query(query: ViewQuery): ViewPage {
    return this.#read((file) => {
      const row = file.generation(query.view);
      const snapshot = this.#snapshot(file, row);
      const rows = new PageSearch(snapshot, this.options.pageCosts).find(compile(snapshot, query.filter), query);
      const loader = new DocumentLoader(snapshot);
      return { documents: rows.map((found) => loader.load(found)), asOf: toGeneration(row).checkpoint };
    });
  }

  count(view: string, filter?: ViewFilter): number {
    return this.#read((file) => {
      const snapshot = this.#snapshot(file, file.generation(view));
      return matchingRows(snapshot, compile(snapshot, filter)).count();
    });
  }

  aggregate(aggregation: ViewAggregation): ViewBuckets {
    return this.#read((file) => {
      const row = file.generation(aggregation.view);
      const snapshot = this.#snapshot(file, row);
      const view = { snapshot, generation: row.generation, asOf: toGeneration(row).checkpoint };
      return file.aggregator.answer(view, aggregation, () => compile(snapshot, aggregation.filter));
    });
  }

  close(): void {
    this.#connection.close();
  }

  #snapshot({ statements }: ReadingFile, row: GenerationRow): GenerationSnapshot {
    return {
      statements,
      tables: new GenerationTables(row.generation),
      columns: columnsOf(row),
      nextRow: row.next_row,
      deadline: new Deadline(this.options.queryMs),
      maxGroups: this.options.maxGroups ?? MAX_GROUPS,
    };
  }

  #read<Result>(work: (file: ReadingFile) => Result): Result {
    return this.#connection.use((file) => {
      file.database.exec('BEGIN');
      try {
        return work(file);
      } finally {
        rollBack(file.database);
      }
    });
  }
}

class ReadingFile implements OpenFile {
  readonly database: DatabaseSync;
  readonly statements: StatementCache;
  readonly rows: GenerationRows;
  readonly calls: RowCalls;
  readonly aggregator: Aggregator;

  constructor(options: FileOptions) {
    this.database = openForReading(READ_STORE_FORMAT, options);
    this.database.function('fold', { deterministic: true }, (text) => foldedText(String(text)));
    this.statements = new StatementCache(this.database);
    this.rows = new GenerationRows(this.database);
    this.calls = new RowCalls(this.database);
    this.aggregator = new Aggregator(this.calls);
  }

  generation(view: string, generation?: number): GenerationRow {
    const row = generation === undefined ? this.rows.active(view) : this.rows.one(view, generation);
    if (!row) throw new KeytrailError('TRAIL.NOT_READY', { view });
    return row;
  }
}

function compile(snapshot: GenerationSnapshot, filter: ViewFilter | undefined): Condition {
  const finder = new ValueFinder(snapshot);
  return new FilterCompiler(snapshot.columns, finder).compile(filter);
}
