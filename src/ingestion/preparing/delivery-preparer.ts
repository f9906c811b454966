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
/** Records worked on at a time: a whole delivery's would outlive several collections of garbage. */
const SLICE = 50;

type ReadEvents = Extract<ReadItem, { readonly kind: 'events' }>;

/** A record whose events lie in the sink. */
type WrittenEvents = Omit<ReadEvents, 'events'> & { readonly events: readonly WrittenEvent[] };

type WrittenItem = WrittenEvents | Exclude<ReadItem, ReadEvents>;

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
    const sink = new ByteSink(delivery.body.length * SINK_RATIO + SINK_LEAST);
    const { kind, tenant, recordedAt, supersede } = delivery;
    const { mapping } = source;
    const context = { kind, tenant, recordedAt, supersede, mapping, keyedHash: this.#keyedHash };
    const written = await this.#write(reader, new EventWriter(context, this.#random, sink));
    const bytes = sink.bytes();
    const items = written.map((item) => preparedItem(item, bytes));
    const { unreadable, redactions, instance, retried } = reader;
    return { kind, tenant, instance, mapping, items, retried, unreadable, redactions, bytes };
  }

  async #write(reader: DeliveryReader, writer: EventWriter): Promise<readonly WrittenItem[]> {
    const items: WrittenItem[] = [];
    const keys: SubjectKey[] = [];
    for (const slice of slicesOf(reader.read())) {
      keys.push(...(await this.subjectKeys.resolve(reader.wants.requests.slice(keys.length))));
      for (const item of slice) items.push(item.kind === 'events' ? writtenItem(item, writer, keys) : item);
    }
    return items;
  }
}

/** What becomes of a record between its reading and its last bytes lives for one slice only. */
function* slicesOf(read: Iterable<ReadItem>): Generator<readonly ReadItem[]> {
  let slice: ReadItem[] = [];
  for (const item of read) {
    if (slice.push(item) < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

function writtenItem(item: ReadEvents, writer: EventWriter, keys: readonly SubjectKey[]): WrittenEvents {
  return { ...item, events: writeEvents(item.events, writer, keys) };
}

function writeEvents(events: readonly ReadEvent[], writer: EventWriter, keys: readonly SubjectKey[]): WrittenEvent[] {
  const written: WrittenEvent[] = [];
  for (const { kept, keys: wanted } of events) {
    const people = wanted.people.map((want) => resolved(keys[want]));
    written.push(...writer.write(kept, { people, actor: resolved(keys[wanted.actor]) }));
  }
  return written;
}

/** Never without a key: an event whose subject is missing is refused, not stored otherwise. */
function resolved(key: SubjectKey | undefined): SubjectKey {
  if (!key) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'subject keys' });
  return key;
}

function preparedItem(item: WrittenItem, bytes: Uint8Array): PreparedItem {
  if (item.kind !== 'events') return item;
  const events = item.events.map(({ superseding, key, n, instance, nativeSha256, ...record }): PreparedEvent => ({
    ...logRecord(record, bytes),
    key,
    n,
    instance,
    nativeSha256,
    ...(superseding && { superseding: logRecord(superseding, bytes) }),
  }));
  return { kind: 'events', instance: item.instance, record: item.record, events };
}

function logRecord({ id, day, partitionHash, entry, encrypted }: WrittenRecord, bytes: Uint8Array): LogRecord {
  return { id, day, partitionHash, entry: bytes.subarray(...entry), encrypted: bytes.subarray(...encrypted) };
}
