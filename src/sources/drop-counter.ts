import type { Redaction } from '../domain/sourced-event.js';
import { isAbsent, type JsonRecord } from './json-record.js';

/** How many fields a dropped value held: what a reader of the redactions would miss. */
function weight(value: unknown): number {
  if (isAbsent(value)) return 0;
  if (Array.isArray(value)) return Math.max(1, value.length);
  if (typeof value !== 'object') return 1;
  return Math.max(1, Object.keys(value).length);
}

/** Counts what a mapping drops, under the mapping's own rule paths. Keys and values of the record never get in here. */
export class DropCounter {
  readonly #counts = new Map<string, number>();

  add(path: string, count: number): void {
    if (count > 0) this.#counts.set(path, (this.#counts.get(path) ?? 0) + count);
  }

  /** Everything below one named field. */
  drop(path: string, value: unknown): void {
    this.add(path, weight(value));
  }

  /**
   * Every field of a record that the mapping does not name. Fields with a rule of their own are counted under it, all
   * others under `path`.
   */
  dropRest(
    record: JsonRecord | undefined,
    kept: ReadonlySet<string>,
    path: string,
    rules?: ReadonlyMap<string, string>,
  ): void {
    if (!record) return;
    let others = 0;
    for (const key in record) {
      if (kept.has(key)) continue;
      const value = record[key];
      if (isAbsent(value)) continue;
      const rule = rules?.get(key);
      if (rule === undefined) others += 1;
      else this.drop(rule, value);
    }
    this.add(path, others);
  }

  list(): readonly Redaction[] {
    return Array.from(this.#counts, ([path, count]) => ({ path, count })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
