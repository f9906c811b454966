import { KeytrailError } from '../../domain/errors.js';
import type { SubjectKey, SubjectKeys } from '../../privacy/subject-keys.port.js';
import type { Source } from '../../sources/source.port.js';
import { ByteSink } from './byte-sink.js';
import { DeliveryReader } from './delivery-reader.js';
import type { DeliveryToPrepare } from './delivery-to-prepare.js';
import { EventWriter, type WrittenEvent, type WrittenRecord } from './event-writer.js';
import { KeyedHash } from './keyed-hash.js';
import type { PreparedDelivery, PreparedEvent, PreparedItem } from './prepared-delivery.js';
import { RandomPool } from './random-pool.js';
import type { ReadEvent, ReadItem } from './read-item.js';
import type { LogRecord } from '../../storage/event-log/event-log.port.js';

/** An event takes two to five times the bytes of a short record, and less than twice those of a long one. */
const SINK_RATIO = 3;
const SINK_LEAST = 4_096;

/** From bytes to events that are ready for the log. The same in the main thread and in a worker. */
export class DeliveryPreparer {
  readonly #keyedHash: KeyedHash;
  readonly #random = new RandomPool();

  constructor(
    private readonly sources: ReadonlyMap<string, Source>,
    private readonly subjectKeys: Pick<SubjectKeys, 'resolve'>,
    identityKey: Uint8Array,
  ) {
    this.#keyedHash = new KeyedHash(identityKey);
  }

  /** @throws KeytrailError INGESTION.UNKNOWN_SOURCE, INGESTION.BATCH_TOO_LARGE, and what `SubjectKeys` throws. */
  async prepare(delivery: DeliveryToPrepare): Promise<PreparedDelivery> {
    const source = this.sources.get(delivery.kind);
    if (!source) throw new KeytrailError('INGESTION.UNKNOWN_SOURCE', { kinds: [...this.sources.keys()] });
    const reader = new DeliveryReader(delivery, source, this.#keyedHash, this.#random);
    const read = reader.read();
    const keys = await this.subjectKeys.resolve(reader.wants.requests);
    const sink = new ByteSink(delivery.body.length * SINK_RATIO + SINK_LEAST);
    const { kind, tenant, recordedAt, supersede } = delivery;
    const { mapping } = source;
    const context = { kind, tenant, recordedAt, supersede, mapping, keyedHash: this.#keyedHash };
    const writer = new EventWriter(context, this.#random, sink);
    const written = read.map((item) => (item.kind === 'events' ? writeEvents(item.events, writer, keys) : []));
    const bytes = sink.bytes();
    const items = read.map((item, index) => preparedItem(item, written[index] ?? [], bytes));
    const { unreadable, redactions, instance } = reader;
    return { kind, tenant, instance, mapping, items, unreadable, redactions, bytes };
  }
}

function writeEvents(events: readonly ReadEvent[], writer: EventWriter, keys: readonly SubjectKey[]): WrittenEvent[] {
  const written: WrittenEvent[] = [];
  for (const [index, { kept, keys: wanted }] of events.entries()) {
    const people = wanted.people.map((want) => resolved(keys[want]));
    written.push(...writer.write(kept, { people, actor: resolved(keys[wanted.actor]) }, written.length - index));
  }
  return written;
}

/** Never without a key: an event whose subject is missing is refused, not stored otherwise. */
function resolved(key: SubjectKey | undefined): SubjectKey {
  if (!key) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'subject keys' });
  return key;
}

function preparedItem(item: ReadItem, written: readonly WrittenEvent[], bytes: Uint8Array): PreparedItem {
  if (item.kind !== 'events') return item;
  const events = written.map(({ superseding, key, n, instance, nativeSha256, ...record }): PreparedEvent => ({
    ...logRecord(record, bytes),
    key,
    n,
    instance,
    nativeSha256,
    ...(superseding && { superseding: logRecord(superseding, bytes) }),
  }));
  return { kind: 'events', instance: item.instance, record: item.record, events };
}

function logRecord({ id, day, partitionKey, entry, encrypted }: WrittenRecord, bytes: Uint8Array): LogRecord {
  return { id, day, partitionKey, entry: bytes.subarray(...entry), encrypted: bytes.subarray(...encrypted) };
}
