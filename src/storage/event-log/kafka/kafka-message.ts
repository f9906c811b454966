import { isUuid } from '../../../domain/uuid.js';
import type { LogRecord } from '../event-log.port.js';
import type { FetchedRecord } from './wire/decode-batches.js';
import type { KafkaMessage } from './wire/record-batch.js';

/** What a message of ours holds. */
export type MessageContents = Pick<LogRecord, 'id' | 'partitionHash' | 'entry' | 'encrypted'>;

const SPEC_VERSION = { name: 'ce_specversion', value: Buffer.from('1.0') };
const CONTENT_TYPE = { name: 'content-type', value: Buffer.from('application/json') };
/** Of bytes that are no entry: the log keeps whatever it is given. */
const UNKNOWN = { type: Buffer.from('io.keytrail.event'), source: Buffer.from('/keytrail') };

/**
 * The record as it lies on the topic: a CloudEvent 1.0 in binary mode (Kafka protocol binding), its data exactly the
 * entry. All else is told by the entry too, which holds no personal data, but for the encrypted part.
 */
export function toKafkaMessage({ id, partitionHash, entry, encrypted }: MessageContents): KafkaMessage {
  const { type, source, time } = attributes(entry);
  return {
    key: Buffer.from(partitionHash.toString(16).padStart(8, '0'), 'latin1'),
    value: entry,
    headers: [
      SPEC_VERSION,
      { name: 'ce_id', value: Buffer.from(id, 'latin1') },
      { name: 'ce_source', value: source },
      { name: 'ce_type', value: type },
      ...(time === undefined ? [] : [{ name: 'ce_time', value: Buffer.from(time, 'latin1') }]),
      CONTENT_TYPE,
      { name: 'keytrail_encrypted', value: encrypted },
    ],
  };
}

/** `undefined` for what was not written by Keytrail, or is not as it was. */
export function fromKafkaMessage({ message }: FetchedRecord): MessageContents | undefined {
  if (message?.value === undefined || message.key?.length !== 8) return undefined;
  const headers = new Map(message.headers.map(({ name, value }) => [name, value]));
  const key = message.key.toString('latin1');
  const id = textOf(headers.get('ce_id'));
  const encrypted = headers.get('keytrail_encrypted');
  const ours = headers.size === message.headers.length && textOf(headers.get('ce_specversion')) === '1.0';
  if (!ours || !/^[0-9a-f]{8}$/.test(key) || !isUuid(id) || encrypted === undefined) return undefined;
  return { id, partitionHash: Number.parseInt(key, 16), entry: message.value, encrypted };
}

interface EntryHead {
  readonly action?: unknown;
  readonly occurredAt?: unknown;
  readonly recordedAt?: unknown;
  readonly tenant?: unknown;
  readonly source?: { readonly kind?: unknown; readonly instance?: unknown };
}

function attributes(entry: Uint8Array): { readonly type: Buffer; readonly source: Buffer; readonly time?: string } {
  const head = parse(entry);
  if (typeof head?.action !== 'string') return UNKNOWN;
  const path = [head.tenant, head.source?.kind, head.source?.instance].map((part) => encodeURIComponent(String(part)));
  const time = [head.occurredAt, head.recordedAt].find((candidate) => typeof candidate === 'string');
  return {
    type: Buffer.from(`io.keytrail.${head.action}`),
    source: Buffer.from(`/keytrail/${path.join('/')}`),
    ...(time !== undefined && { time }),
  };
}

function parse(entry: Uint8Array): EntryHead | undefined {
  try {
    const { buffer, byteOffset, byteLength } = entry;
    const value: unknown = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: Uint8Array | undefined): string {
  return value ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1') : '';
}
