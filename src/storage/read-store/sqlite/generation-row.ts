import type { DatabaseSync } from 'node:sqlite';
import { formatLogPoint, parseLogPoint, type LogPoint } from '../../../domain/position.js';
import { Statement } from '../../sqlite/statement.js';
import type { FieldDefinition, ViewGeneration } from '../read-store.port.js';
import { ViewColumns } from './view-columns.js';

/** A row of the table of generations. */
export interface GenerationRow {
  readonly generation: number;
  readonly view: string;
  readonly version: number;
  /** JSON of the view's fields. */
  readonly fields: string;
  /** A log point as text, and after a blank the consumer's mark, if it left one. */
  readonly checkpoint: string;
  /** The number that the next new document gets. */
  readonly next_row: number;
  readonly state: 'filling' | 'active' | 'dropped';
}

/** Looks generations up. */
export class GenerationRows {
  readonly #of: Statement<GenerationRow>;
  readonly #active: Statement<GenerationRow>;
  readonly #one: Statement<GenerationRow>;

  constructor(database: DatabaseSync) {
    const all = 'SELECT * FROM generations';
    this.#of = new Statement(database, `${all} WHERE view = ? AND state <> 'dropped' ORDER BY generation`);
    this.#active = new Statement(database, `${all} WHERE view = ? AND state = 'active'`);
    this.#one = new Statement(database, `${all} WHERE view = ? AND generation = ? AND state <> 'dropped'`);
  }

  of(view: string): GenerationRow[] {
    return this.#of.all(view);
  }

  active(view: string): GenerationRow | undefined {
    return this.#active.get(view);
  }

  one(view: string, generation: number): GenerationRow | undefined {
    return this.#one.get(view, generation);
  }
}

export function toGeneration({ view, generation, version, checkpoint, state }: GenerationRow): ViewGeneration {
  const [text = '', mark] = checkpoint.split(' ');
  const point = parseLogPoint(text);
  if (!point) throw new TypeError('a checkpoint that was written here can not be read');
  return { view, generation, version, checkpoint: point, ...(mark && { mark }), active: state === 'active' };
}

export function checkpointText(point: LogPoint, mark?: string): string {
  return mark === undefined ? formatLogPoint(point) : `${formatLogPoint(point)} ${mark}`;
}

/** True when the row stands at the point, whatever its mark. */
export function standsAt(row: Pick<GenerationRow, 'checkpoint'>, point: LogPoint): boolean {
  return row.checkpoint.split(' ', 1)[0] === formatLogPoint(point);
}

export function columnsOf({ fields }: Pick<GenerationRow, 'fields'>): ViewColumns {
  return new ViewColumns(JSON.parse(fields) as Record<string, FieldDefinition>);
}
