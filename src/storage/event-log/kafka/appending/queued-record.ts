import type { KafkaMessage } from '../wire/record-batch.js';
import type { AppendCall } from './append-call.js';

/** A record that waits for its partition's turn. */
export interface QueuedRecord {
  readonly call: AppendCall;
  /** Its place in the call. */
  readonly index: number;
  readonly message: KafkaMessage;
  readonly bytes: number;
}
