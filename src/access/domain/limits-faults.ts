import type { RecordingLimits } from '../../domain/principal.js';

/** Bytes of all lists together: the event of the key's issue tells of them, and an entry is bounded. */
const BYTES_LIMIT = 48_000;

/** What is wrong with a new key's limits beside their form. */
export function limitsFaults(limits: RecordingLimits = {}): readonly string[] {
  const bytes = Buffer.byteLength(JSON.stringify(limits));
  return bytes > BYTES_LIMIT ? [`limits: at most ${BYTES_LIMIT} bytes in all`] : [];
}
