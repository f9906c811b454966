import type { Identity } from '../domain/identity.js';
import type { LogPoint, Position } from '../domain/position.js';
import type { ViewDefinition } from '../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../storage/read-store/view-filter.js';

/**
 * The trail: one document for each event, with the personal fields in clear. Request and response of one exchange share
 * a document id (the response's), and so do an event and what supersedes it, so that views show the newest. A double, which
 * came under an id that another act had before, has a document of its own: whoever sends an id first hides nothing by it.
 * Signposts lie at the ids of corrections, without an offset and so in no scope.
 */
export const TRAIL_EVENTS = {
  name: 'trail_events',
  version: 2,
  fields: {
    /** The id of the request that the document's event answers. */
    requestEvent: { type: 'keyword', indexed: true, unique: true },
    /** Of an event whose id another act had before: that id. */
    double: { type: 'keyword', indexed: true },
    /** Log offset and partition, for answers as of a point. */
    partition: { type: 'number' },
    offset: { type: 'number' },
    recordedAt: { type: 'time' },
    action: { type: 'keyword', indexed: true },
    actionClass: { type: 'keyword' },
    outcome: { type: 'keyword' },
    reason: { type: 'keyword', indexed: true },
    phase: { type: 'keyword' },
    sourceKind: { type: 'keyword' },
    instance: { type: 'keyword' },
    nativeId: { type: 'keyword', indexed: true, unique: true },
    nativeAction: { type: 'keyword' },
    environment: { type: 'keyword' },
    actorKind: { type: 'keyword' },
    subject: { type: 'keyword', indexed: true },
    onBehalfOf: { type: 'keyword' },
    actorNativeId: { type: 'keyword', indexed: true },
    actorName: { type: 'keyword', indexed: true },
    actorEmail: { type: 'keyword', indexed: true },
    credentialId: { type: 'keyword', indexed: true },
    /** The store's session id and the session's name. */
    session: { type: 'keywords', indexed: true },
    secret: { type: 'keywords', indexed: true },
    secretPath: { type: 'keywords', indexed: true },
    address: { type: 'ip', indexed: true },
    userAgent: { type: 'text' },
    text: { type: 'text' },
    requestId: { type: 'keyword', indexed: true, unique: true },
    /** True for Keytrail's own acts, shown only when asked for. */
    own: { type: 'boolean', apart: true },
    /** True for an echo of another event (a KMS decrypt behind a secret read): not a second access. */
    echo: { type: 'boolean' },
    flags: { type: 'keywords' },
  },
} as const satisfies ViewDefinition;

/** The body of a trail document. */
export interface TrailEventBody {
  /** The entry's stored bytes as text: exactly what is on the log. */
  readonly entry: string;
  readonly position: Position;
  readonly identity: Identity;
}

/** The body of a signpost: the id of the document in which the event of its own id stands, or stood. */
export interface SignpostBody {
  readonly standsIn: string;
}

/** What of the trail a question sees. */
export interface TrailScope {
  /** Nothing recorded from here on. */
  readonly asOf: LogPoint;
  /** Only what was recorded from here on. */
  readonly since?: LogPoint;
  /** Sort key: a request recorded from here on may still get its answer, and is not shown. */
  readonly waitingFrom: string;
}

/** The trail's documents within a scope. */
export function withinScope({ waitingFrom, ...recorded }: TrailScope): ViewFilter {
  return { all: [recordedWithin(recorded), { not: waiting(waitingFrom) }] };
}

/** Whatever was recorded between two points; of other views that keep the place on the log, too. */
export function recordedWithin({ asOf, since }: Pick<TrailScope, 'asOf' | 'since'>): ViewFilter {
  const partitions = asOf.next.map((before, partition): ViewFilter => {
    const from = since?.next[partition];
    const offsets = { field: 'offset', before, ...(from !== undefined && { from }) };
    // A log of one partition need not be told apart.
    return asOf.next.length === 1 ? offsets : { all: [{ field: 'partition', is: partition }, offsets] };
  });
  return partitions.length === 1 && partitions[0] ? partitions[0] : { any: partitions };
}

/** Requests whose answer may still come. */
export function waiting(waitingFrom: string): ViewFilter {
  return {
    all: [
      { field: 'phase', is: 'request' },
      { field: 'recordedAt', from: waitingFrom },
    ],
  };
}
