import type { DatabaseSync } from 'node:sqlite';
import { parseLogPoint } from '../../../domain/position.js';
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
  /** A log point as text. */
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
  const point = parseLogPoint(checkpoint);
  if (!point) throw new TypeError('a checkpoint that was written here can not be read');
  return { view, generation, version, checkpoint: point, active: state === 'active' };
}

export function columnsOf({ fields }: Pick<GenerationRow, 'fields'>): ViewColumns {
  return new ViewColumns(JSON.parse(fields) as Record<string, FieldDefinition>);
}
