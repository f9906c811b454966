import type { DatabaseSync } from 'node:sqlite';
import { Statement, type SqlValue } from '../../sqlite/statement.js';
import type { AppliedWrites, ViewDocument, ViewFields, ViewWrite } from '../read-store.port.js';
import type { GenerationTables } from './generation-tables.js';
import { SEGMENT_ROWS } from './row-set.js';
import type { Cells } from './cells.js';
import { SealedIndex } from './sealed-index.js';
import { UnusedValues } from './unused-values.js';
import { ValueDictionary } from './value-dictionary.js';
import { isCoded, toText, valuesCell, type Column, type ViewColumns } from './view-columns.js';

type Applied = keyof AppliedWrites | 'deleted';
type Kept = Exclude<ViewWrite, { readonly kind: 'delete' }>;
type DocumentRow = Cells & { readonly row: number; readonly version: number };

/** Writes the documents of one generation, inside the transaction of its caller. */
export class GenerationWriter {
  readonly #find: Statement<DocumentRow>;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #delete: Statement;
  readonly #body: Statement<{ body: string }>;
  readonly #insertBody: Statement;
  readonly #updateBody: Statement;
  readonly #deleteBody: Statement;
  readonly #dictionary: ValueDictionary;
  readonly #index: SealedIndex;
  readonly #unused: UnusedValues;
  #nextRow = 0;

  constructor(
    database: DatabaseSync,
    tables: GenerationTables,
    private readonly columns: ViewColumns,
  ) {
    const { documents, bodies } = tables;
    const names = columns.all.map(({ sql }) => sql);
    const places = ['row', 'id', 'time', 'version', ...names].map(() => '?').join(', ');
    const changes = ['time', 'version', ...names].map((name) => `${name} = ?`).join(', ');
    this.#find = new Statement(database, `SELECT * FROM ${documents} WHERE id = ?`);
    this.#insert = new Statement(database, `INSERT INTO ${documents} VALUES (${places}) ON CONFLICT DO NOTHING`);
    this.#update = new Statement(database, `UPDATE ${documents} SET ${changes} WHERE row = ?`);
    this.#delete = new Statement(database, `DELETE FROM ${documents} WHERE row = ?`);
    this.#body = new Statement(database, `SELECT body FROM ${bodies} WHERE row = ?`);
    this.#insertBody = new Statement(database, `INSERT INTO ${bodies}(row, body) VALUES (?, ?)`);
    this.#updateBody = new Statement(database, `UPDATE ${bodies} SET body = ? WHERE row = ?`);
    this.#deleteBody = new Statement(database, `DELETE FROM ${bodies} WHERE row = ?`);
    this.#dictionary = new ValueDictionary(database, tables);
    this.#index = new SealedIndex(database, tables, columns);
    this.#unused = new UnusedValues(database, { tables, columns, index: this.#index, dictionary: this.#dictionary });
  }

  /** Applies writes in order; rows are numbered from `nextRow` on. Answers with the next free number too. */
  apply(writes: readonly ViewWrite[], nextRow: number): { readonly applied: AppliedWrites; readonly nextRow: number } {
    this.#nextRow = nextRow;
    const counts = { created: 0, put: 0, ignored: 0, aside: 0, deleted: 0 };
    for (const write of writes) counts[this.#write(write)] += 1;
    this.#unused.sweep(this.#firstOpen());
    const { deleted: _deleted, ...applied } = counts;
    return { applied, nextRow: this.#nextRow };
  }

  /** To be called after a transaction that failed, and when another connection has written. */
  forget(): void {
    this.#dictionary.forget();
    this.#unused.forget();
  }

  #write(write: ViewWrite): Applied {
    if (write.kind === 'delete') return this.#remove(write.id);
    if (write.kind === 'create') return this.#create(write.document, 0) ? 'created' : this.#putAside(write);
    const before = this.#find.get(write.document.id);
    if (!before) return this.#create(write.document, write.version) ? 'put' : 'ignored';
    if (before.version >= write.version) return this.#putAside(write, before);
    this.#replace(before, write.document, write.version);
    return 'put';
  }

  #putAside({ document, aside }: Kept, standing?: DocumentRow): Applied {
    const there = aside && (standing ?? this.#find.get(document.id));
    if (!there || there.version < aside.from || there.version >= aside.below) return 'ignored';
    if (this.#body.get(there.row)?.body === document.body) return 'ignored';
    const { id, fields } = aside;
    return this.#create({ ...document, id, fields: { ...document.fields, ...fields } }, 0) ? 'aside' : 'ignored';
  }

  #create({ id, time, fields, body }: ViewDocument, version: number): boolean {
    const row = this.#nextRow;
    if (this.#insert.run(row, id, time, version, ...this.#cells(fields)) === 0) return false;
    this.#insertBody.run(row, body);
    this.#nextRow += 1;
    if (this.#nextRow % SEGMENT_ROWS === 0) this.#index.seal(Math.floor(row / SEGMENT_ROWS));
    return true;
  }

  #replace(before: DocumentRow, { time, fields, body }: ViewDocument, version: number): void {
    const { row } = before;
    const cells = this.#cells(fields);
    this.#update.run(time, version, ...cells, row);
    this.#updateBody.run(body, row);
    this.#changed(before, {
      time,
      ...Object.fromEntries(this.columns.all.map(({ sql }, n) => [sql, cells[n] ?? null])),
    });
  }

  #remove(id: string): 'deleted' | 'ignored' {
    const before = this.#find.get(id);
    if (!before) return 'ignored';
    this.#delete.run(before.row);
    this.#deleteBody.run(before.row);
    this.#changed(before, undefined);
    return 'deleted';
  }

  #changed(before: DocumentRow, after: Cells | undefined): void {
    if (before.row < this.#firstOpen()) this.#index.change({ row: before.row, before, after });
    this.#unused.replaced(before, after);
  }

  /** Rows from here on are in the segment that is not full yet. */
  #firstOpen(): number {
    return this.#nextRow - (this.#nextRow % SEGMENT_ROWS);
  }

  #cells(fields: ViewFields): SqlValue[] {
    return this.columns.all.map((column) => this.#cell(column, fields[column.name]));
  }

  #cell(column: Column, value: ViewFields[string]): SqlValue {
    if (value === undefined || value === null) return null;
    if (!isCoded(column)) return value as string | number;
    if (typeof value === 'object') return valuesCell(value.map((one) => this.#dictionary.numberOf(column, one)));
    return this.#dictionary.numberOf(column, toText(value));
  }
}
