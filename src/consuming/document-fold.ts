import type { ViewWrite } from '../storage/read-store/read-store.port.js';
import type { OpenedEvent } from './opened-event.js';
import type { PageWriter, PreparedPage } from './page-writer.js';
import type { FoldedBody, FoldedProjection } from './projection.js';

/** Documents kept in memory between pages, so that a page need not read what the page before wrote. */
const KEPT = 5_000;

type Load = (id: string) => Promise<FoldedBody | undefined>;

/** Folds events into the documents of one generation of a view. */
export class DocumentFold implements PageWriter {
  readonly #kept = new Map<string, FoldedBody>();

  constructor(
    private readonly projection: FoldedProjection,
    private readonly load: Load,
  ) {}

  async prepare(events: readonly OpenedEvent[]): Promise<PreparedPage> {
    const changed = await this.#fold(events);
    return {
      writes: this.#writes(changed),
      applied: () => {
        this.#keep(changed);
      },
    };
  }

  forget(): void {
    this.#kept.clear();
  }

  async #fold(events: readonly OpenedEvent[]): Promise<ReadonlyMap<string, FoldedBody>> {
    const changed = new Map<string, FoldedBody>();
    for (const event of events) {
      const { offset, partition } = event.position;
      for (const key of this.projection.keys(event)) {
        const id = `${key}#${partition}`;
        const body = changed.get(id) ?? this.#kept.get(id) ?? (await this.load(id));
        if (body && body.through > offset) continue;
        const document = this.projection.evolve(body?.document, event, key);
        changed.set(id, { key, through: offset + 1, document });
      }
    }
    return changed;
  }

  #writes(changed: ReadonlyMap<string, FoldedBody>): readonly ViewWrite[] {
    return [...changed].map(([id, body]) => ({
      kind: 'put',
      version: body.through,
      document: { id, body: JSON.stringify(body), ...this.projection.show(body.document, body.key) },
    }));
  }

  #keep(changed: ReadonlyMap<string, FoldedBody>): void {
    for (const [id, body] of changed) {
      this.#kept.delete(id);
      this.#kept.set(id, body);
    }
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(id);
    }
  }
}
