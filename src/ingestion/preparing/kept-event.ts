import type { SourcedEvent } from '../../domain/sourced-event.js';
import type { EventTime } from './event-time.js';
import type { RecordingPlace } from './recording-place.js';

/** An event as it will be stored, personal fields still in clear: in memory only. */
export interface KeptEvent {
  readonly event: SourcedEvent;
  readonly place: RecordingPlace;
  readonly time: EventTime;
  /** Native key, or what stands for it. */
  readonly key: string;
  /** The event's number within its record. */
  readonly n: number;
  /** SHA-256 of the record's RFC 8785 form, hexadecimal. */
  readonly nativeSha256: string;
}
