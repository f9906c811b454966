import { eventId } from '../../domain/event-id.js';
import { buildEntry, type BuiltEntry, type EntryContext } from './build-entry.js';
import type { ByteSink } from './byte-sink.js';
import { eventDisclosures, type DisclosuresByKey, type ResolvedKeys } from './event-disclosures.js';
import type { KeptEvent } from './kept-event.js';
import { partNumber } from './part-numbers.js';
import type { RandomPool } from './random-pool.js';
import { sealEntry } from './sealed-entry.js';
import { splitSecrets } from './split-secrets.js';

/** A log record whose parts still lie in a sink: where they begin and end. */
export interface WrittenRecord {
  readonly id: string;
  readonly day: number;
  readonly partitionHash: number;
  readonly entry: readonly [start: number, end: number];
  readonly encrypted: readonly [start: number, end: number];
}

export interface WrittenEvent extends WrittenRecord {
  readonly key: string;
  readonly n: number;
  readonly instance: string;
  readonly nativeSha256: string;
  readonly superseding?: WrittenRecord;
}

interface EntryIdentity {
  readonly kept: KeptEvent;
  /** Its number within the record: the event's, and for its continued parts numbers of their own. */
  readonly n: number;
  readonly part?: readonly [number, number];
}

/** Writes events as they are stored: one entry each, more where the secrets do not fit in one. */
export class EventWriter {
  constructor(
    private readonly context: EntryContext & { readonly supersede: boolean },
    private readonly random: RandomPool,
    private readonly sink: ByteSink,
  ) {}

  write(kept: KeptEvent, keys: ResolvedKeys): readonly WrittenEvent[] {
    const built = buildEntry(kept, keys, this.context);
    const groups = splitSecrets(built.secrets, kept.event.secrets);
    return groups.map(({ secrets, sourced }, index) => {
      const disclosures = eventDisclosures(kept.event, keys, kept.nativeSha256, sourced);
      const identity: EntryIdentity = {
        kept,
        n: partNumber(kept.n, index),
        ...(groups.length > 1 && { part: [index + 1, groups.length] as const }),
      };
      return this.#writePart(identity, { ...built, secrets }, disclosures);
    });
  }

  #writePart(identity: EntryIdentity, built: BuiltEntry, disclosures: DisclosuresByKey): WrittenEvent {
    const { key, nativeSha256, place } = identity.kept;
    const id = this.#id(identity);
    const written = this.#writeRecord(id, identity, built, disclosures);
    const event = { ...written, key, n: identity.n, instance: place.instance, nativeSha256 };
    if (!this.context.supersede) return event;
    const { entry } = built;
    const correcting = { ...built, entry: { ...entry, correlation: { ...entry.correlation, supersedes: id } } };
    const supersedingId = this.#id(identity, this.context.mapping);
    return { ...event, superseding: this.#writeRecord(supersedingId, identity, correcting, disclosures) };
  }

  #writeRecord(
    id: string,
    { kept, part }: EntryIdentity,
    { entry, secrets, partitionHash }: BuiltEntry,
    disclosures: DisclosuresByKey,
  ): WrittenRecord {
    const whole = { ...entry, id, ...(secrets.length > 0 && { secrets }), ...(part && { part }) };
    const sealed = sealEntry(whole, disclosures, this.random);
    const { day } = kept.time;
    return {
      id,
      day,
      partitionHash,
      entry: this.sink.write(sealed.entry),
      encrypted: this.sink.write(sealed.encrypted),
    };
  }

  #id({ kept, n }: EntryIdentity, supersedingMapping?: number): string {
    const { tenant, kind } = this.context;
    const { instance } = kept.place;
    return eventId({ tenant, kind, instance, key: kept.key, n, ...(supersedingMapping && { supersedingMapping }) });
  }
}
