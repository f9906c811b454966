import type { LogRecord } from '../../storage/event-log/event-log.port.js';
import type { PreparedDelivery } from '../preparing/prepared-delivery.js';
import type { OwnActor } from './own-entry.js';

/** Native records, ready for a commit. */
export interface NativeSubmission {
  readonly form: 'native';
  readonly actor: OwnActor;
  readonly delivery: PreparedDelivery;
  /** Why stored events are read anew. */
  readonly supersedeReason?: string;
  /** The file that the records lie in. */
  readonly fileName?: string;
}

/** Keytrail's own events, ready for a commit. */
export interface OwnSubmission {
  readonly form: 'own';
  readonly records: readonly LogRecord[];
}

export type Submission = NativeSubmission | OwnSubmission;

/** How many events a submission adds to a commit at most, those that tell of it not counted. */
export function eventsIn(submission: Submission): number {
  if (submission.form === 'own') return submission.records.length;
  return submission.delivery.items.reduce((sum, item) => sum + (item.kind === 'events' ? item.events.length : 0), 0);
}

export function bytesIn(submission: Submission): number {
  if (submission.form === 'native') return submission.delivery.bytes.length;
  return submission.records.reduce((sum, { entry, encrypted }) => sum + entry.length + encrypted.length, 0);
}
