import { Injectable } from '@nestjs/common';
import type { Caller } from '../domain/caller.js';
import { KeytrailError } from '../domain/errors.js';
import type { OwnEvent } from '../ingestion/commands/record-events/record-events.command.js';
import { OutboxEvents } from '../ingestion/outbox/outbox-events.port.js';
import { Clock } from '../platform/clock.js';
import { Logger } from '../platform/logging/logger.js';
import { StateStore, type StateKey } from '../storage/state-store/state-store.port.js';
import { EMPTY_RING, isActive, type KeyRing } from './domain/key-ring.js';
import { KeyDirectory } from './key-directory.js';
import { SealedNames } from './sealed-names.js';

/** A change of the ring and the event that tells of it. `after` being the ring itself means that nothing changes. */
export interface RingChange {
  readonly after: KeyRing;
  readonly event: OwnEvent;
}

const PLACE: StateKey = { collection: 'access', id: 'key-ring' };
const ATTEMPTS = 8;

/** The one key ring of the installation: a document changed by compare-and-set together with the event that tells of it. */
@Injectable()
export class KeyRings {
  constructor(
    private readonly state: StateStore,
    private readonly outbox: OutboxEvents,
    private readonly names: SealedNames,
    private readonly directory: KeyDirectory,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async read(): Promise<KeyRing> {
    return (await this.#stored()).ring;
  }

  /** Shows requests what the state store holds. */
  async refresh(): Promise<KeyRing> {
    const { ring, version } = await this.#stored();
    this.directory.replace(ring, await this.names.open(ring.keys));
    const active = ring.keys.filter((key) => isActive(key, this.clock.now())).length;
    this.logger.event('access.ring_changed', { version, active });
    return ring;
  }

  /**
   * Decides on the present ring and writes, again when another was faster. Requests see the change when this resolves.
   * @returns false when the decision changed nothing
   * @throws KeytrailError what `decide` throws; STORAGE.VERSION_CONFLICT after many lost races
   */
  async change(caller: Caller, decide: (ring: KeyRing) => RingChange): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { ring, version } = await this.#stored();
      const { after, event } = decide(ring);
      if (after === ring) return false;
      const prepared = await this.outbox.prepare(event, caller);
      const written = await this.state.put({ ...PLACE, expected: version, value: after, events: [prepared] });
      if (!written) continue;
      this.outbox.notify();
      await this.refresh();
      return true;
    }
    throw new KeytrailError('STORAGE.VERSION_CONFLICT');
  }

  async #stored(): Promise<{ readonly ring: KeyRing; readonly version: number }> {
    const document = await this.state.get(PLACE);
    // The document is only ever written here, so its shape is trusted.
    return document ? { ring: document.value as KeyRing, version: document.version } : { ring: EMPTY_RING, version: 0 };
  }
}
