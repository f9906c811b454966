import type { DatabaseSync } from 'node:sqlite';
import type { LogPoint } from '../../../domain/position.js';
import { Connection, type OpenFile } from '../../sqlite/connection.js';
import { openForWriting, type FileOptions } from '../../sqlite/sqlite-file.js';
import { Statement } from '../../sqlite/statement.js';
import type { AppliedWrites, CheckpointMove, ViewDefinition, ViewGeneration, ViewWrite } from '../read-store.port.js';
import { DroppedGenerations } from './dropped-generations.js';
import {
  checkpointText,
  columnsOf,
  GenerationRows,
  movedCheckpoint,
  toGeneration,
  type GenerationRow,
} from './generation-row.js';
import { GenerationTables } from './generation-tables.js';
import { GenerationWriter } from './generation-writer.js';
import { READ_STORE_FORMAT } from './read-store-format.js';

export interface ApplyTarget {
  readonly view: string;
  readonly generation: number;
}

/** Writes views, in the thread it lives in. */
export class ReadStoreWriter {
  readonly #connection: Connection<WritingFile>;

  constructor(options: FileOptions) {
    this.#connection = new Connection(
      { store: READ_STORE_FORMAT.store, path: options.path },
      (mayCreate) => new WritingFile(options, mayCreate),
    );
  }

  /** Makes the file where it is missing, and throws where it can't be used. */
  open(): void {
    this.#connection.open();
  }

  define(view: ViewDefinition, start: LogPoint): readonly ViewGeneration[] {
    return this.#transact((file) => {
      if (!file.rows.of(view.name).some((row) => isOf(row, view))) file.begin(view, start);
      return file.rows.of(view.name).map(toGeneration);
    });
  }

  beginRebuild(view: ViewDefinition, start: LogPoint): ViewGeneration {
    return this.#transact((file) => toGeneration(file.begin(view, start)));
  }

  activate(view: string, generation: number): void {
    this.#transact((file) => {
      file.activate(view, generation);
    });
  }

  apply(target: ApplyTarget, writes: readonly ViewWrite[], move: CheckpointMove): AppliedWrites | false {
    return this.#transact((file) => file.apply(target, writes, move));
  }

  /** Takes away some of what dropped generations left; `true` while there is more. */
  cleanUp(): boolean {
    return this.#transact((file) => file.dropped.cleanUp());
  }

  close(): void {
    this.#connection.close();
  }

  #transact<Result>(work: (file: WritingFile) => Result): Result {
    let file: WritingFile | undefined;
    try {
      return this.#connection.transact((opened) => {
        file = opened;
        return work(opened);
      }) as Result;
    } catch (error) {
      file?.forget();
      throw error;
    }
  }
}

class WritingFile implements OpenFile {
  readonly database: DatabaseSync;
  readonly rows: GenerationRows;
  readonly dropped: DroppedGenerations;
  readonly #begin: Statement<GenerationRow>;
  readonly #drop: Statement;
  readonly #activate: Statement;
  readonly #move: Statement;
  readonly #dataVersion: Statement<{ data_version: number }>;
  readonly #writers = new Map<number, GenerationWriter>();
  #seenVersion: number | undefined;

  constructor(options: FileOptions, mayCreate: boolean) {
    const database = (this.database = openForWriting(READ_STORE_FORMAT, options, mayCreate));
    this.rows = new GenerationRows(database);
    this.dropped = new DroppedGenerations(database);
    this.#begin = new Statement(
      database,
      `INSERT INTO generations(view, version, fields, checkpoint, state) VALUES (?, ?, ?, ?, 'filling') RETURNING *`,
    );
    this.#drop = new Statement(
      database,
      `UPDATE generations SET state = 'dropped' WHERE view = ? AND generation <> ? AND state <> 'dropped'`,
    );
    this.#activate = new Statement(
      database,
      `UPDATE generations SET state = 'active' WHERE view = ? AND generation = ? AND state <> 'dropped'`,
    );
    this.#move = new Statement(database, 'UPDATE generations SET checkpoint = ?, next_row = ? WHERE generation = ?');
    this.#dataVersion = new Statement(database, 'PRAGMA data_version');
  }

  begin(view: ViewDefinition, start: LogPoint): GenerationRow {
    const fields = JSON.stringify(view.fields);
    const row = this.#begin.get(view.name, view.version, fields, checkpointText(start));
    if (!row) throw new TypeError('a generation that was just written is not there');
    new GenerationTables(row.generation).create(this.database, columnsOf(row));
    return row;
  }

  activate(view: string, generation: number): void {
    if (!this.rows.one(view, generation)) throw new TypeError('there is no such generation to activate');
    this.#drop.run(view, generation);
    this.#activate.run(view, generation);
    this.#writers.clear();
  }

  apply({ view, generation }: ApplyTarget, writes: readonly ViewWrite[], move: CheckpointMove): AppliedWrites | false {
    const row = this.rows.one(view, generation);
    const checkpoint = row && movedCheckpoint(row, move);
    if (!row || checkpoint === undefined) return false;
    const { applied, nextRow } = this.#writer(row).apply(writes, row.next_row);
    this.#move.run(checkpoint, nextRow, generation);
    return applied;
  }

  forget(): void {
    for (const writer of this.#writers.values()) writer.forget();
  }

  #writer(row: GenerationRow): GenerationWriter {
    const version = this.#dataVersion.get()?.data_version;
    if (version !== this.#seenVersion) this.forget();
    this.#seenVersion = version;
    const known = this.#writers.get(row.generation);
    if (known) return known;
    const writer = new GenerationWriter(this.database, new GenerationTables(row.generation), columnsOf(row));
    this.#writers.set(row.generation, writer);
    return writer;
  }
}

function isOf(row: GenerationRow, view: ViewDefinition): boolean {
  return row.version === view.version && row.fields === JSON.stringify(view.fields);
}
