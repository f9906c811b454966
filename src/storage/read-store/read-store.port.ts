import type { LogPoint } from '../../domain/position.js';
import type { FieldValue, ViewFilter } from './view-filter.js';

/**
 * How a field is kept. `keywords` holds a list. `time` is a sort key. `ip` is an address as text, matched by `cidr`;
 * what does not parse is kept but matches no block. `text` is only searched by `contains`.
 */
export type FieldType = 'keyword' | 'keywords' | 'text' | 'number' | 'boolean' | 'time' | 'ip';

export interface FieldDefinition {
  readonly type: FieldType;
  /** Selective enough to start a query from. */
  readonly indexed?: boolean;
  /**
   * Nearly every document has a value of its own, such as an id: it is found by its whole value only (`is`, `in`), and
   * costs less to keep. For the type `keyword`.
   */
  readonly unique?: boolean;
  /**
   * Documents that have it set come at other times than the rest, as Keytrail's own events, which are of now, between
   * records of last month. A store may keep their times apart. For one field of the type `boolean`.
   */
  readonly apart?: boolean;
}

/** A view's shape. A change of fields or meaning raises `version`, and the view is rebuilt from the log. */
export interface ViewDefinition {
  readonly name: string;
  readonly version: number;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
}

/** Values of the defined fields; `null` and absent are the same. */
export type ViewFields = Readonly<Record<string, FieldValue | readonly string[] | null | undefined>>;

export interface ViewDocument {
  readonly id: string;
  /** Orders the view with `id`: a sort key of domain/timestamp.ts. */
  readonly time: string;
  readonly fields: ViewFields;
  /** What a query gives back beside the fields: JSON text, opaque to the store. */
  readonly body: string;
}

/** A document as queries give it back. Its fields are there to be searched; what is shown is in the body. */
export type FoundDocument = Omit<ViewDocument, 'fields'>;

/**
 * Where a document goes that finds its place taken by another one: beside it, under an id of its own, once. A document
 * with the body of the one that stands there has come again, and goes nowhere.
 */
export interface Aside {
  readonly id: string;
  /** These in place of the document's own. */
  readonly fields: ViewFields;
  /** Only where what stands there has a version from here on and below that. What was created has 0. */
  readonly from: number;
  readonly below: number;
}

export type ViewWrite =
  /** An id that exists stays as it is and is counted. */
  | { readonly kind: 'create'; readonly document: ViewDocument; readonly aside?: Aside }
  /** Replaces what has a lower version (or was created); an older or equal version is ignored. */
  | { readonly kind: 'put'; readonly document: ViewDocument; readonly version: number; readonly aside?: Aside }
  | { readonly kind: 'delete'; readonly id: string };

export interface AppliedWrites {
  readonly created: number;
  readonly put: number;
  readonly ignored: number;
  /** Not in their own places but beside them. */
  readonly aside: number;
}

/** One build of a view. Queries go to the active one; a rebuild fills another beside it. */
export interface ViewGeneration {
  readonly view: string;
  readonly generation: number;
  readonly version: number;
  readonly checkpoint: LogPoint;
  /** What the consumer left with its checkpoint, by partition. */
  readonly marks: CheckpointMarks;
  readonly active: boolean;
}

/**
 * By which a consumer knows the log again, for each partition: kept with the checkpoint, opaque to the store, at most 200
 * characters, no blanks.
 */
export type CheckpointMarks = Readonly<Record<number, string>>;

/** A step of a generation's checkpoint: of the partitions in which `to` differs from `from`, and of no other. */
export interface CheckpointMove {
  readonly from: LogPoint;
  readonly to: LogPoint;
  /** Of partitions that move; a partition that moves without one loses the one that it had. */
  readonly marks?: CheckpointMarks;
}

export interface ViewQuery {
  readonly view: string;
  readonly filter?: ViewFilter;
  /** By (time, id); default descending, the newest first. */
  readonly ascending?: boolean;
  /** Exclusive: the last document of the page before. */
  readonly after?: { readonly time: string; readonly id: string };
  readonly limit: number;
}

export interface ViewPage {
  readonly documents: readonly FoundDocument[];
  /** What the active generation reflects. */
  readonly asOf: LogPoint;
}

/** Groups documents by up to four fields and counts them. */
export interface ViewAggregation {
  readonly view: string;
  readonly filter?: ViewFilter;
  /** Field names; `time:day` and `time:month` group by the first 8 or 6 digits of `time`. A list field counts each value. */
  readonly by: readonly string[];
  /** Also count the different values of these fields in each group. */
  readonly distinct?: readonly string[];
  readonly countAs?: CountAs;
  /** Default `count` descending, then the keys. */
  readonly order?: 'count' | 'key' | 'last';
  /**
   * Only with `order: 'key'`: exclusive, the key of the last bucket of the page before. Keys are ordered part by part,
   * `null` (no such field) first. `groups` then counts what is left, `total` still all documents that match.
   */
  readonly after?: readonly (FieldValue | null)[];
  readonly limit: number;
}

/**
 * Values of one `keyword` or `keywords` field that are grouped and counted as another value of it, which no document
 * need have. A list that holds several names of one value counts once for it. Filters do not see it.
 */
export interface CountAs {
  readonly field: string;
  /** By the value that documents have. */
  readonly values: ReadonlyMap<string, string>;
}

export interface ViewBucket {
  readonly key: readonly (FieldValue | null)[];
  readonly count: number;
  /** The earliest and latest `time` in the group. */
  readonly first: string;
  readonly last: string;
  readonly distinct: Readonly<Record<string, number>>;
}

export interface ViewBuckets {
  readonly buckets: readonly ViewBucket[];
  /** How many groups there are in all; more than `buckets` when the limit cut them. */
  readonly groups: number;
  /** Documents that match the filter. */
  readonly total: number;
  readonly asOf: LogPoint;
}

/**
 * Disposable views of the log. There is no read-modify-write: documents are created once, or folded documents put with
 * the last position applied as their version. Throws `TRAIL.NOT_READY` where a view has no active generation yet.
 */
export abstract class ReadStore {
  /** Makes the view known; makes a first generation when there is none of this version. Answers all its generations. */
  abstract define(view: ViewDefinition, start: LogPoint): Promise<readonly ViewGeneration[]>;

  /** An empty generation beside the active one. */
  abstract beginRebuild(view: ViewDefinition, start: LogPoint): Promise<ViewGeneration>;

  /** Queries go to this generation from now on; the others are dropped. */
  abstract activate(view: string, generation: number): Promise<void>;

  abstract generations(view: string): Promise<readonly ViewGeneration[]>;

  /**
   * Writes, then moves the generation's checkpoint from `from` to `to` by compare-and-set, in the partitions in which they
   * differ. `false` when one of those was not at `from`: another consumer has been here, and the caller stops.
   */
  abstract apply(
    target: { readonly view: string; readonly generation: number },
    writes: readonly ViewWrite[],
    move: CheckpointMove,
  ): Promise<AppliedWrites | false>;

  /** From the active generation, or from the one named: a consumer folds on what it wrote into a generation being built. */
  abstract get(view: string, id: string, generation?: number): Promise<FoundDocument | undefined>;

  abstract query(query: ViewQuery): Promise<ViewPage>;

  abstract count(view: string, filter?: ViewFilter): Promise<number>;

  abstract aggregate(aggregation: ViewAggregation): Promise<ViewBuckets>;

  abstract close(): Promise<void>;
}
