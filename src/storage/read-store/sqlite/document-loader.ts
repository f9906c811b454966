import type { Statement } from '../../sqlite/statement.js';
import type { FoundDocument } from '../read-store.port.js';
import type { GenerationSnapshot } from './generation-snapshot.js';
import type { PlacedRow } from './page-rows.js';

/** Makes documents of rows again. */
export class DocumentLoader {
  readonly #body: Statement<{ body: string }>;
  readonly #byId: Statement<FoundDocument>;

  constructor({ statements, tables }: GenerationSnapshot) {
    const { documents, bodies } = tables;
    this.#body = statements.of(`SELECT body FROM ${bodies} WHERE row = ?`);
    this.#byId = statements.of(`SELECT id, time, body FROM ${documents} JOIN ${bodies} USING (row) WHERE id = ?`);
  }

  load({ row, id, time }: PlacedRow): FoundDocument {
    const found = this.#body.get(row);
    if (!found) throw new TypeError('a document vanished inside a transaction');
    return { id, time, body: found.body };
  }

  byId(id: string): FoundDocument | undefined {
    return this.#byId.get(id);
  }
}
