import { KAFKA_CODE, faultOfCode, type KafkaFault } from '../driver/kafka-fault.js';

/** What a broker's answer means for the chunk that it was sent. */
export type Verdict =
  | { readonly kind: 'taken' }
  /** It was taken earlier, and the broker no longer knows where. */
  | { readonly kind: 'place_unknown' }
  /** Not written, and would be as two. */
  | { readonly kind: 'too_large' }
  /** Not written: the broker does not go on from what it knows of this producer. */
  | { readonly kind: 'new_producer' }
  /** Tried again. @property written - whether this attempt may have been written */
  | { readonly kind: 'again'; readonly fault: KafkaFault; readonly maybeWritten: boolean }
  /** Not written, and would not be if it were sent again. */
  | { readonly kind: 'refused'; readonly fault: KafkaFault };

const PRODUCER = new Set<number>([
  KAFKA_CODE.outOfOrderSequence,
  KAFKA_CODE.invalidProducerEpoch,
  KAFKA_CODE.invalidProducerIdMapping,
  KAFKA_CODE.unknownProducerId,
  KAFKA_CODE.producerFenced,
]);
const LARGE = new Set<number>([KAFKA_CODE.messageTooLarge, KAFKA_CODE.recordListTooLarge]);
const MAYBE = new Set<number>([
  KAFKA_CODE.requestTimedOut,
  KAFKA_CODE.notEnoughReplicasAfterAppend,
  KAFKA_CODE.storageError,
  KAFKA_CODE.unknownServerError,
]);

export function judgeAnswer(code: number): Verdict {
  if (code === KAFKA_CODE.none) return { kind: 'taken' };
  if (code === KAFKA_CODE.duplicateSequence) return { kind: 'place_unknown' };
  if (LARGE.has(code)) return { kind: 'too_large' };
  if (PRODUCER.has(code)) return { kind: 'new_producer' };
  const fault = faultOfCode(code);
  return fault.passing ? { kind: 'again', fault, maybeWritten: MAYBE.has(code) } : { kind: 'refused', fault };
}
