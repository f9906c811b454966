import { hash } from 'node:crypto';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import type { Source } from '../../sources/source.port.js';
import type { FaultyRecord, NativeRecord, ReadableRecord } from '../reading/native-record.js';
import { splitBody } from '../reading/split-body.js';
import { deadLetter, deadLetterId, type DeadLetterSource, type RejectedRecord } from './dead-letter.js';
import type { DeliveryToPrepare } from './delivery-to-prepare.js';
import { withoutEmailsInIds } from './ids-without-emails.js';
import { judgeTime } from './event-time.js';
import { keepEvent } from './keep-event.js';
import type { KeyedHash } from './keyed-hash.js';
import type { Retried } from './prepared-delivery.js';
import type { RandomPool } from './random-pool.js';
import type { ReadEvent, ReadItem } from './read-item.js';
import { RecordKeys } from './record-keys.js';
import { countedInstance, placeEvent, type RecordingPlace } from './recording-place.js';
import { KEPT_FIELDS } from './kept-fields.js';
import { SubjectWants } from './subject-wants.js';
import { TextKeeper } from './text-keeper.js';
import { understoodBy } from './understood-by.js';

type Refusal = Omit<RejectedRecord, 'place'>;

/** The canonical form of `null`. */
const NOTHING = 'null';

/** Reads one delivery, record by record, up to the point where its people's keys are needed. */
export class DeliveryReader {
  readonly wants: SubjectWants;
  /** How often each redaction rule matched. */
  readonly redactions: Record<string, number> = {};
  unreadable = false;
  /** Where records are counted that were not understood. */
  readonly instance: string;
  /** By record. */
  readonly #retries = new Map<number, { readonly deadLetter: string; same: boolean; understood: boolean }>();
  readonly #keys: RecordKeys;
  readonly #recordedAt: number;
  readonly #tooLong: ReadonlyMap<number, number>;

  constructor(
    private readonly delivery: DeliveryToPrepare,
    private readonly source: Source,
    private readonly keyedHash: KeyedHash,
    random: RandomPool,
  ) {
    this.wants = new SubjectWants(delivery.kind);
    this.instance = new TextKeeper().keep(countedInstance(delivery.place), KEPT_FIELDS.instance);
    this.#recordedAt = Date.parse(delivery.recordedAt);
    const { idempotencyKey, file } = delivery;
    this.#tooLong = new Map(file?.tooLong);
    this.#keys = new RecordKeys(
      { ...(idempotencyKey !== undefined && { idempotencyKey }), repeated: file && new Map(file.repeated) },
      keyedHash,
      random,
    );
  }

  /** The second attempts of what was read so far: a record that wraps several is understood when all of them are. */
  get retried(): readonly Retried[] {
    return [...this.#retries].flatMap(([record, { deadLetter: id, same, understood }]) =>
      understood ? [{ record, deadLetter: id, same }] : [],
    );
  }

  /** @throws KeytrailError INGESTION.BATCH_TOO_LARGE before the first record: nothing remains of a refused delivery. */
  *read(): Generator<ReadItem> {
    const { body, format, broken = false, limits } = this.delivery;
    const unwrap = (value: unknown): readonly unknown[] => this.source.unwrap(value);
    const { wraps } = this.source;
    for (const record of splitBody({ bytes: body, format, broken, unwrap, wraps, limits })) {
      this.unreadable ||= record.unreadableBody;
      const item = this.#readRecord(record);
      this.#noteRetry(record, item);
      yield item;
    }
  }

  #readRecord(record: NativeRecord): ReadItem {
    const { content } = record;
    if ('fault' in content) return this.#rejected(record, this.#refusalOf(record, content));
    const understood = understoodBy(this.source, content.value);
    if (understood.kind === 'rejected') {
      const { reason, field } = understood;
      return this.#rejected(record, { reason, evidence: content.canonical, ...(field !== undefined && { field }) });
    }
    const { instance } = this;
    const { record: number } = record.place;
    if (understood.kind === 'ignored') return { kind: 'ignored', instance, record: number, reason: understood.reason };
    const hashed = (id: string): string => this.keyedHash.of('native-id', id);
    const events = understood.events.map((event) => withoutEmailsInIds(event, hashed));
    return this.#readEvents(record, content, events);
  }

  /** What stands for a record that was too long for a request tells only its length; a real record is never taken for one. */
  #refusalOf({ place }: NativeRecord, { fault: reason, evidence }: FaultyRecord): Refusal {
    const length = evidence === NOTHING ? this.#tooLong.get(place.record) : undefined;
    if (length === undefined) return { reason, evidence };
    return { reason: 'too_long', evidence: `${length} bytes`, length };
  }

  #readEvents(record: NativeRecord, content: ReadableRecord, events: readonly SourcedEvent[]): ReadItem {
    const placed: { readonly event: SourcedEvent; readonly place: RecordingPlace }[] = [];
    for (const event of events) {
      const place = placeEvent(event, this.delivery.place);
      if (typeof place === 'string') return this.#rejected(record, { reason: place, evidence: content.canonical });
      placed.push({ event, place });
    }
    const nativeSha256 = hash('sha256', content.canonical, 'hex');
    let recordKey: string | undefined;
    const kept = placed.map(({ event, place }, n): ReadEvent => {
      const key = event.key ?? (recordKey ??= this.#keys.keyOf({ ...record.place, ...record, ...content }));
      return this.#keep({ event, place, key, n, nativeSha256 }, content.flags);
    });
    return { kind: 'events', instance: kept[0]?.kept.place.instance ?? '', record: record.place.record, events: kept };
  }

  #keep(raw: Omit<ReadEvent['kept'], 'time'>, flags: readonly string[]): ReadEvent {
    const keeper = new TextKeeper();
    for (const flag of flags) keeper.flags.add(flag);
    const place = {
      instance: keeper.keep(raw.place.instance, KEPT_FIELDS.instance),
      environment: keeper.keep(raw.place.environment, KEPT_FIELDS.environment),
    };
    const event = keepEvent(raw.event, keeper);
    const kept = { ...raw, event, place, time: judgeTime(event.occurredAt, this.#recordedAt) };
    for (const rule of keeper.rules) this.redactions[rule] = (this.redactions[rule] ?? 0) + 1;
    return { kept, keys: this.wants.add(kept) };
  }

  /** A record that could not be parsed was told by its bytes, though it may have a canonical form now. */
  #noteRetry({ place, content, bytes }: NativeRecord, { kind }: ReadItem): void {
    const id = this.delivery.file?.retries?.[place.record];
    if (id === undefined) return;
    const retry = this.#retries.get(place.record) ?? { deadLetter: id, same: false, understood: true };
    retry.understood &&= kind !== 'rejected';
    const evidences = 'fault' in content ? [] : [content.canonical, bytes];
    retry.same ||= evidences.some(
      (evidence) => deadLetterId({ place, evidence }, this.#letterSource, this.keyedHash) === id,
    );
    this.#retries.set(place.record, retry);
  }

  #rejected({ place }: NativeRecord, refusal: Refusal): ReadItem {
    const { instance } = this;
    const letter = deadLetter({ ...refusal, place }, this.#letterSource, this.keyedHash);
    return { kind: 'rejected', instance, record: place.record, reason: refusal.reason, deadLetter: letter };
  }

  get #letterSource(): DeadLetterSource {
    const { kind, requestId, file, format, broken = false } = this.delivery;
    const wholeBody = broken || format === 'json';
    return { kind, instance: this.instance, requestId, wholeBody, ...(file && { file }) };
  }
}
