import type { EncryptedPart } from '../domain/encrypted-part.js';
import { readEntry, type Entry } from '../domain/entry.js';
import { KeytrailError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import type { LogPoint } from '../domain/position.js';
import type { EventLog, StoredRecord } from '../storage/event-log/event-log.port.js';
import type { DataKeyCache, DataKeys } from './data-key-cache.js';
import type { OpenedEvent } from './opened-event.js';
import { PoisonEvent } from './poison-event.js';

/** Opens what it can of an event's encrypted part; what it can't is counted in `withheld`. */
export type OpenIdentity = (entry: Entry, part: EncryptedPart, keys: DataKeys) => Identity;

/** Events of one partition in log order, opened, and the offset after them. */
export interface EventPage {
  readonly partition: number;
  readonly events: readonly OpenedEvent[];
  readonly next: number;
  /** The page is full, so that more is likely to follow at once. */
  readonly more: boolean;
  /** The event after the page's last one could not be opened. */
  readonly poison?: PoisonEvent;
}

/** Reads the log in pages of opened events. */
export class EventPages {
  constructor(
    private readonly log: EventLog,
    private readonly keys: DataKeyCache,
    private readonly openIdentity: OpenIdentity,
  ) {}

  /** Throws when the log can't be read or keys can't be asked for; one event that can't be opened ends the page. */
  async read(from: LogPoint, partition: number, limit: number): Promise<EventPage> {
    const records = await this.log.read(from, limit, [partition]);
    const { parts, poison: unreadable } = readParts(records);
    const keys = await this.keys.open(new Set(parts.flatMap((part) => part.map(({ keyId }) => keyId))));
    const { events, poison = unreadable } = this.#openAll(records, parts, keys);
    const last = events.at(-1);
    const next = last ? last.position.offset + 1 : (from.next[partition] ?? 0);
    return { partition, events, next, more: events.length === limit, ...(poison && { poison }) };
  }

  #openAll(records: readonly StoredRecord[], parts: readonly EncryptedPart[], keys: DataKeys) {
    const events: OpenedEvent[] = [];
    for (const [index, part] of parts.entries()) {
      const record = records[index];
      if (!record) break;
      try {
        events.push(this.#open(record, part, keys));
      } catch (error) {
        return { events, poison: new PoisonEvent(record.position, error) };
      }
    }
    return { events };
  }

  #open({ position, id, entry: bytes, fault }: StoredRecord, part: EncryptedPart, keys: DataKeys): OpenedEvent {
    if (fault) throw new KeytrailError(fault);
    const entryText = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const entry = readEntry(bytes);
    // Whoever may write to a shared log could put another's id on an entry.
    if (entry.id !== id) throw new KeytrailError('STORAGE.NOT_AN_EVENT');
    return { position, entry, entryText, identity: this.openIdentity(entry, part, keys) };
  }
}

function readParts(records: readonly StoredRecord[]): { parts: EncryptedPart[]; poison?: PoisonEvent } {
  const parts: EncryptedPart[] = [];
  for (const { position, encrypted } of records) {
    try {
      parts.push(readPart(encrypted));
    } catch (error) {
      return { parts, poison: new PoisonEvent(position, error) };
    }
  }
  return { parts };
}

/** A cleared encrypted part is empty: nobody's names are left. */
function readPart(encrypted: Uint8Array): EncryptedPart {
  if (encrypted.length === 0) return [];
  const { buffer, byteOffset, byteLength } = encrypted;
  return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8')) as EncryptedPart;
}
