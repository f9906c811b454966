import type { DropCounter } from '../drop-counter.js';
import { asRecord, isAbsent, type JsonRecord } from '../json-record.js';
import { segmentsOf } from './field-reader.js';
import type { GenericFormat } from './generic-format.js';

interface Branch {
  /** What is dropped here is counted under this path, which is the format's own. */
  readonly path: string;
  readonly below: Map<string, Branch>;
  isField: boolean;
}

/** The fields that a format names. Everything else in a record is dropped, and counted. */
export class KeptFields {
  readonly #root: Branch = branch('*');

  constructor(format: GenericFormat) {
    const places = Object.values(format.fields).flatMap((place) => (typeof place === 'string' ? [place] : [...place]));
    for (const place of [...places, ...format.actions.flatMap((rule) => Object.keys(rule.when))]) {
      this.#add(segmentsOf(place));
    }
  }

  countDropped(record: JsonRecord, drops: DropCounter): void {
    count(record, this.#root, drops);
  }

  #add(segments: readonly string[]): void {
    let at = this.#root;
    segments.forEach((segment, depth) => {
      const known = at.below.get(segment) ?? branch(`${segments.slice(0, depth + 1).join('.')}.*`);
      at.below.set(segment, known);
      at = known;
    });
    at.isField = true;
  }
}

function branch(path: string): Branch {
  return { path, below: new Map(), isField: false };
}

function count(record: JsonRecord, at: Branch, drops: DropCounter): void {
  let others = 0;
  for (const key in record) {
    const value = record[key];
    if (isAbsent(value)) continue;
    const below = at.below.get(key);
    if (!below) others += 1;
    else if (typeof value === 'object') countBelow(value, below, drops);
  }
  drops.add(at.path, others);
}

function countBelow(value: unknown, at: Branch, drops: DropCounter): void {
  const fields = asRecord(value);
  if (fields && at.below.size > 0) count(fields, at, drops);
  else if (at.below.size === 0) drops.drop(at.path, value);
}
