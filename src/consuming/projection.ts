import type { ViewDefinition, ViewFields, ViewWrite } from '../storage/read-store/read-store.port.js';
import type { OpenedEvent } from './opened-event.js';

interface ProjectedView {
  readonly view: ViewDefinition;
  /**
   * Answers from other views wait for what this one shows: it tells how far it is with every page, also one that writes
   * nothing into it.
   */
  readonly isAwaited?: boolean;
}

/** A view whose documents follow from one event each: a pure function. */
export interface EventProjection extends ProjectedView {
  project(event: OpenedEvent): readonly ViewWrite[];
}

/**
 * A view whose documents fold many events. A document is kept per (key, partition), so that one consumer writes it, and
 * its version is the last offset applied + 1. Queries add the partitions' documents up.
 */
export interface FoldedProjection<Document = unknown> extends ProjectedView {
  /** Ids of the documents that the event changes, without the partition. */
  keys(event: OpenedEvent): readonly string[];
  /** Pure: a new document, the given one unchanged. */
  evolve(document: Document | undefined, event: OpenedEvent, key: string): Document;
  /** How the folded document stands in the view; `id` is given by the runtime. */
  show(document: Document, key: string): { readonly time: string; readonly fields: ViewFields };
}

export type Projection = EventProjection | FoldedProjection;

/** The body of a folded document. */
export interface FoldedBody<Document = unknown> {
  readonly key: string;
  /** The offset after the last event applied, so that an event that comes again changes nothing. */
  readonly through: number;
  readonly document: Document;
}
