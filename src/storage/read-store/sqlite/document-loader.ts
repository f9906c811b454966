import { Statement } from '../../sqlite/statement.js';
import type { FoundDocument } from '../read-store.port.js';
import type { GenerationSnapshot } from './generation-snapshot.js';

/** Makes documents of rows again. */
export class DocumentLoader {
  readonly #byRow: Statement<FoundDocument>;
  readonly #byId: Statement<FoundDocument>;

  constructor({ database, tables }: GenerationSnapshot) {
    const select = `SELECT id, time, body FROM ${tables.documents} JOIN ${tables.bodies} USING (row)`;
    this.#byRow = new Statement(database, `${select} WHERE row = ?`);
    this.#byId = new Statement(database, `${select} WHERE id = ?`);
  }

  byRow(row: number): FoundDocument {
    const found = this.#byRow.get(row);
    if (!found) throw new TypeError('a document vanished inside a transaction');
    return found;
  }

  byId(id: string): FoundDocument | undefined {
    return this.#byId.get(id);
  }
}
