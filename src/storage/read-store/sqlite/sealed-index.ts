import type { DatabaseSync } from 'node:sqlite';
import { Statement, type SqlValue } from '../../sqlite/statement.js';
import type { GenerationTables } from './generation-tables.js';
import { packRows, RowSet, SEGMENT_ROWS } from './row-set.js';
import { Apart, APART_TIMES } from './apart.js';
import type { CellChange, Cells } from './cells.js';
import { UniqueIndex } from './unique-index.js';
import { cellValues, isCoded, type Column, type ViewColumns } from './view-columns.js';

/** The posting of every document there is. */
export const EVERY_DOCUMENT = 0;

/** The posting of the documents that have the field. */
export function presenceOf({ index }: Column): number {
  return -1 - index;
}

interface Zone {
  low: SqlValue;
  high: SqlValue;
  complete: boolean;
}

/**
 * The index over full segments, for the generation's writer: for each value the rows that have it (postings), and the
 * span of each segment's numbers and times (zones). It is written once for each segment, when the segment is full:
 * touching a hundred places of it for every document would cost more than all the rest.
 */
export class SealedIndex {
  readonly #segment: Statement<Cells & { row: number }>;
  readonly #posting: Statement<{ rows: Uint8Array }>;
  readonly #setPosting: Statement;
  readonly #dropPosting: Statement;
  readonly #anyPosting: Statement<{ found: number }>;
  readonly #zone: Statement;
  readonly #widen: Statement;
  readonly #uniques: UniqueIndex;
  readonly #apart: Apart;
  /** The ranged columns but for the time. */
  readonly #numbers: readonly Column[];

  constructor(
    database: DatabaseSync,
    tables: GenerationTables,
    private readonly columns: ViewColumns,
  ) {
    const { documents, postings, zones } = tables;
    this.#uniques = new UniqueIndex(database, tables);
    this.#apart = new Apart((select) => new Statement(database, select), tables, columns);
    this.#numbers = columns.ranged.filter((column) => column !== columns.time);
    this.#segment = new Statement(database, `SELECT * FROM ${documents} WHERE row >= ? AND row < ? ORDER BY row`);
    const at = 'WHERE value_id = ? AND segment = ?';
    this.#posting = new Statement(database, `SELECT rows FROM ${postings} ${at}`);
    this.#setPosting = new Statement(database, `INSERT OR REPLACE INTO ${postings} VALUES (?, ?, ?)`);
    this.#dropPosting = new Statement(database, `DELETE FROM ${postings} ${at}`);
    this.#anyPosting = new Statement(database, `SELECT 1 AS found FROM ${postings} WHERE value_id = ? LIMIT 1`);
    this.#zone = new Statement(database, `INSERT INTO ${zones} VALUES (?, ?, ?, ?, ?)`);
    this.#widen = new Statement(
      database,
      `UPDATE ${zones} SET low = coalesce(min(low, ?1), low, ?1), high = coalesce(max(high, ?1), high, ?1),
        complete = complete AND ?1 IS NOT NULL WHERE field = ?2 AND segment = ?3`,
    );
  }

  /** Writes the index of a segment that is full. */
  seal(segment: number): void {
    const documents = this.#segment.all(segment * SEGMENT_ROWS, (segment + 1) * SEGMENT_ROWS);
    const postings = new Map<number, number[]>();
    for (const document of documents) {
      const row = document.row % SEGMENT_ROWS;
      for (const value of this.#terms(document)) {
        const rows = postings.get(value);
        if (rows) rows.push(row);
        else postings.set(value, [row]);
      }
    }
    // In the order of the key: neighbours stand on one page.
    const sorted = [...postings].sort(([left], [right]) => left - right);
    for (const [value, rows] of sorted) this.#setPosting.run(value, segment, packRows(rows));
    for (const column of this.columns.unique) this.#uniques.seal(column, segment, documents);
    const isApart = this.#apart.test();
    this.#writeZone(APART_TIMES, segment, documents.filter(isApart).map(timeOf));
    this.#writeZone(this.columns.time.index, segment, documents.filter((document) => !isApart(document)).map(timeOf));
    for (const { index, sql } of this.#numbers) {
      this.#writeZone(
        index,
        segment,
        documents.map((document) => document[sql] ?? null),
      );
    }
  }

  /** Follows a change of a document in a sealed segment. */
  change({ row, before, after }: CellChange): void {
    const old = this.#terms(before);
    const now = after ? this.#terms(after) : new Set<number>();
    for (const value of old) if (!now.has(value)) this.#setRow(value, row, false);
    for (const value of now) if (!old.has(value)) this.#setRow(value, row, true);
    for (const column of this.columns.unique) this.#uniques.change(column, { row, before, after });
    if (after) this.#widenZones(Math.floor(row / SEGMENT_ROWS), after);
  }

  #widenZones(segment: number, document: Cells): void {
    const isApart = this.#apart.test()(document);
    this.#widen.run(timeOf(document), isApart ? APART_TIMES : this.columns.time.index, segment);
    for (const { index, sql } of this.#numbers) this.#widen.run(document[sql] ?? null, index, segment);
  }

  #writeZone(field: number, segment: number, cells: readonly SqlValue[]): void {
    const { low, high, complete } = zoneOf(cells);
    this.#zone.run(field, segment, low, high, complete ? 1 : 0);
  }

  /** True when a document of a sealed segment has the value. */
  holds(valueId: number): boolean {
    return this.#anyPosting.get(valueId) !== undefined;
  }

  #setRow(value: number, row: number, present: boolean): void {
    const segment = Math.floor(row / SEGMENT_ROWS);
    const set = new RowSet(1);
    set.addPacked(0, this.#posting.get(value, segment)?.rows ?? new Uint8Array());
    if (present) set.add(row % SEGMENT_ROWS);
    else set.delete(row % SEGMENT_ROWS);
    const rows = set.rows();
    if (rows.length === 0) this.#dropPosting.run(value, segment);
    else this.#setPosting.run(value, segment, packRows(rows));
  }

  /** The postings in which a document stands. */
  #terms(cells: Cells): Set<number> {
    const terms = new Set([EVERY_DOCUMENT]);
    for (const column of this.columns.all) {
      const cell = cells[column.sql];
      if (cell !== null && cell !== undefined) terms.add(presenceOf(column));
      if (isCoded(column)) for (const value of cellValues(cell)) terms.add(value);
    }
    return terms;
  }
}

function timeOf({ time }: Cells): SqlValue {
  return time ?? null;
}

function zoneOf(cells: readonly SqlValue[]): Zone {
  const zone: Zone = { low: null, high: null, complete: true };
  for (const cell of cells) {
    if (cell === null) zone.complete = false;
    else {
      if (zone.low === null || cell < zone.low) zone.low = cell;
      if (zone.high === null || cell > zone.high) zone.high = cell;
    }
  }
  return zone;
}
