import { expect } from '@jest/globals';
import type { LogPoint } from '../../src/domain/position.js';
import type {
  FoundDocument,
  ReadStore,
  ViewDocument,
  ViewGeneration,
  ViewWrite,
} from '../../src/storage/read-store/read-store.port.js';
import { SAMPLE_VIEW, sampleDocument } from './view-samples.js';

export const view = SAMPLE_VIEW.name;

/** An active generation of the sample view. */
export async function activeGeneration(store: ReadStore): Promise<number> {
  const { generation } = only(await store.define(SAMPLE_VIEW, point(0)));
  await store.activate(view, generation);
  return generation;
}

/** Without the fields that are not there. */
export function bare(document: ViewDocument): ViewDocument {
  const fields = Object.entries(document.fields).filter(([, value]) => value !== undefined && value !== null);
  return { ...document, fields: Object.fromEntries(fields) };
}

/** As it comes back. */
export function found({ id, time, body }: ViewDocument): FoundDocument {
  return { id, time, body };
}

export function create(document: ViewDocument): ViewWrite {
  return { kind: 'create', document };
}

export function creates(from: number, to: number): ViewWrite[] {
  return Array.from({ length: to - from }, (_, n) => create(sampleDocument(from + n)));
}

export function remove(n: number): ViewWrite {
  return { kind: 'delete', id: sampleDocument(n).id };
}

export function point(next: number): LogPoint {
  return { epoch: 1, next: [next] };
}

export function move(from: number, to: number): { from: LogPoint; to: LogPoint } {
  return { from: point(from), to: point(to) };
}

export function only(generations: readonly ViewGeneration[]): ViewGeneration {
  expect(generations).toHaveLength(1);
  return generations[0]!; // eslint-disable-line @typescript-eslint/no-non-null-assertion -- expected in the line before
}

export function newest(generations: readonly ViewGeneration[]): number {
  return Math.max(...generations.map(({ generation }) => generation));
}
