import type { DatabaseSync } from 'node:sqlite';
import { formatLogPoint, moveFrom, parseLogPoint, type LogPoint } from '../../../domain/position.js';
import { Statement } from '../../sqlite/statement.js';
import type { CheckpointMarks, CheckpointMove, FieldDefinition, ViewGeneration } from '../read-store.port.js';
import { ViewColumns } from './view-columns.js';

/** A row of the table of generations. */
export interface GenerationRow {
  readonly generation: number;
  readonly view: string;
  readonly version: number;
  /** JSON of the view's fields. */
  readonly fields: string;
  /** A log point as text, then the consumer's marks: each a blank, the partition, `=` and the mark. */
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
  return { view, generation, version, ...readCheckpoint(checkpoint), active: state === 'active' };
}

export function checkpointText(point: LogPoint, marks: CheckpointMarks = {}): string {
  return [formatLogPoint(point), ...Object.entries(marks).map(([partition, mark]) => `${partition}=${mark}`)].join(' ');
}

/** The row's checkpoint after the step; `undefined` when it does not stand where the step begins. */
export function movedCheckpoint(
  row: Pick<GenerationRow, 'checkpoint'>,
  { from, to, marks = {} }: CheckpointMove,
): string | undefined {
  const stored = readCheckpoint(row.checkpoint);
  const point = moveFrom(stored.checkpoint, from, to);
  if (!point) return undefined;
  const stay = Object.entries(stored.marks).filter(
    ([partition]) => from.next[Number(partition)] === to.next[Number(partition)],
  );
  return checkpointText(point, { ...Object.fromEntries(stay), ...marks });
}

function readCheckpoint(written: string): Pick<ViewGeneration, 'checkpoint' | 'marks'> {
  const [text = '', ...marks] = written.split(' ');
  const checkpoint = parseLogPoint(text);
  if (!checkpoint) throw new TypeError('a checkpoint that was written here can not be read');
  return { checkpoint, marks: Object.fromEntries(marks.map((mark) => mark.split('=', 2) as [string, string])) };
}

export function columnsOf({ fields }: Pick<GenerationRow, 'fields'>): ViewColumns {
  return new ViewColumns(JSON.parse(fields) as Record<string, FieldDefinition>);
}
