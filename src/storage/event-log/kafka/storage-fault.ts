import { KeytrailError } from '../../../domain/errors.js';
import { toFault } from './driver/kafka-fault.js';

/** What a caller is told of a fault: our own errors as they are, a driver's by their reason. */
export function toStorageError(error: unknown): KeytrailError {
  if (error instanceof KeytrailError) return error;
  const { reason, kafkaCode } = toFault(error);
  return new KeytrailError('STORAGE.UNAVAILABLE', {
    store: 'event_log',
    reason,
    ...(kafkaCode !== undefined && { kafkaCode }),
  });
}
