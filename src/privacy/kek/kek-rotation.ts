import type { Caller } from '../../domain/caller.js';
import type { JsonObject } from '../../domain/canonical-json.js';
import { KeytrailError } from '../../domain/errors.js';
import type { OutboxEvents } from '../../ingestion/outbox/outbox-events.port.js';
import type { StateDocument, StateStore } from '../../storage/state-store/state-store.port.js';
import type { KekRotated } from '../commands/rotate-kek/rotate-kek.command.js';
import { DATA_KEYS, dataKeyPurpose, type DataKeyDocument } from '../data-key-document.js';
import {
  IDENTITY_KEY_DOCUMENT,
  IDENTITY_KEY_PURPOSE,
  KEK_DOCUMENT,
  kekDocument,
  type KekDocument,
} from './kek-document.js';
import type { KekFile } from './kek-file.js';
import { newKek, type Kek } from './kek.js';
import type { KeyEncryption } from './key-encryption.js';
import type { WrappedKey } from './wrapped-key.js';

const PAGE = 500;
/** Writes under way at once: each is a transaction of its own. */
const PARALLEL = 16;

/**
 * Replaces the key-encryption key: writes a file with the old and the new one, wraps every key anew, tells the state store
 * that the new one holds, and then takes the old one out of the file. A crash at any point loses nothing: both keys are in
 * the file until nothing is wrapped by the old one, and the next run goes on where this one stopped.
 */
export class KekRotation {
  constructor(
    private readonly keyEncryption: KeyEncryption,
    private readonly file: KekFile,
    private readonly state: StateStore,
    private readonly outbox: OutboxEvents,
  ) {}

  /** @param now RFC 3339. */
  async run(caller: Caller, now: string): Promise<KekRotated> {
    await this.#addNewKey(now);
    const { current } = this.keyEncryption;
    await this.#rewrapIdentityKey(current);
    let rewrapped = 0;
    // Again until a whole pass finds nothing: a document that changed meanwhile is met by the next one.
    for (let found = -1; found !== 0; rewrapped += found) found = await this.#rewrapDataKeys(current);
    const from = await this.#switch(current, caller, { now, rewrapped });
    await this.file.write([current]);
    await this.keyEncryption.change([current]);
    return { from, to: current.id, rewrapped };
  }

  /** Nothing to add where an earlier run has: its new key is still the newest. */
  async #addNewKey(now: string): Promise<void> {
    const [old, ...others] = this.keyEncryption.ring;
    if (others.length > 0) return;
    const ring = [old, newKek(now)] as const;
    await this.file.write(ring);
    await this.keyEncryption.change([...ring]);
  }

  async #rewrapIdentityKey(current: Kek): Promise<void> {
    const stored = await this.state.get(IDENTITY_KEY_DOCUMENT);
    if (!stored || (stored.value as WrappedKey).kekId === current.id) return;
    const value = this.#rewrapped(stored.value as WrappedKey, IDENTITY_KEY_PURPOSE);
    const written = await this.state.put({ ...IDENTITY_KEY_DOCUMENT, expected: stored.version, value });
    if (!written) throw new KeytrailError('STORAGE.VERSION_CONFLICT', { document: 'identity key' });
  }

  async #rewrapDataKeys(current: Kek): Promise<number> {
    let rewrapped = 0;
    let after: string | undefined;
    for (;;) {
      const page = await this.state.list(DATA_KEYS, { limit: PAGE, ...(after !== undefined && { after }) });
      const old = page.filter(({ value }) => (value as DataKeyDocument).kekId !== current.id);
      for (let start = 0; start < old.length; start += PARALLEL)
        await Promise.all(old.slice(start, start + PARALLEL).map((document) => this.#rewrapDataKey(document)));
      rewrapped += old.length;
      after = page.at(-1)?.id;
      if (page.length < PAGE) return rewrapped;
    }
  }

  /** A lost race is left to the next pass. */
  async #rewrapDataKey({ collection, id, version, value }: StateDocument): Promise<void> {
    const document = value as DataKeyDocument;
    const rewrapped = this.#rewrapped(document, dataKeyPurpose(id, document.subject));
    await this.state.put({ collection, id, expected: version, value: rewrapped });
  }

  #rewrapped(document: WrappedKey, purpose: string): JsonObject {
    return { ...document, ...this.keyEncryption.wrap(this.keyEncryption.unwrap(document, purpose), purpose) };
  }

  /** The document that says which key holds, and with it the event. A copy of the old key is no copy of the new one. */
  async #switch(
    current: Kek,
    caller: Caller,
    run: { readonly now: string; readonly rewrapped: number },
  ): Promise<string> {
    const stored = await this.state.get(KEK_DOCUMENT);
    const before = (stored?.value as KekDocument | undefined)?.kekId ?? '';
    if (before === current.id) return before;
    const details = { from: before, to: current.id, rewrapped: run.rewrapped };
    const event = await this.outbox.prepare({ action: 'keytrail.kek_rotated', outcome: 'success', details }, caller);
    const change = {
      ...KEK_DOCUMENT,
      expected: stored?.version ?? 0,
      value: kekDocument(current, run.now),
      events: [event],
    };
    if (!(await this.state.put(change))) throw new KeytrailError('STORAGE.VERSION_CONFLICT', { document: 'kek' });
    this.outbox.notify();
    return before;
  }
}
