import { randomBytes } from 'node:crypto';
import { KeytrailError } from '../../domain/errors.js';
import type { EventLog } from '../../storage/event-log/event-log.port.js';
import type { StateStore } from '../../storage/state-store/state-store.port.js';
import {
  IDENTITY_KEY_DOCUMENT,
  IDENTITY_KEY_PURPOSE,
  KEK_DOCUMENT,
  kekDocument,
  opensStoredKeys,
  type KekDocument,
} from './kek-document.js';
import type { KekFile } from './kek-file.js';
import { newKek, type KekRing } from './kek.js';
import { KeyEncryption } from './key-encryption.js';
import { unwrapKey, wrapKey, type WrappedKey } from './wrapped-key.js';

const IDENTITY_KEY_BYTES = 32;

export interface KeyStores {
  readonly file: KekFile;
  readonly state: StateStore;
  readonly log: EventLog;
}

/**
 * Opens the keys at a start, and makes them at the very first. What was made once is never made again: a file or a
 * document that is gone while something depends on it is a refusal.
 * @param now RFC 3339.
 * @throws KeytrailError PRIVACY.KEK_MISSING, PRIVACY.KEK_MISMATCH, PRIVACY.IDENTITY_KEY_MISSING
 */
export async function openKeyEncryption(stores: KeyStores, now: string): Promise<KeyEncryption> {
  const ring = await stores.file.read();
  const [kek, identityKey] = await stores.state.getMany([KEK_DOCUMENT, IDENTITY_KEY_DOCUMENT]);
  if (!kek || !identityKey) return firstStart(stores, ring, now);
  if (!ring) throw new KeytrailError('PRIVACY.KEK_MISSING', { place: stores.file.place });
  return openWith(ring, kek.value as KekDocument, identityKey.value as WrappedKey);
}

async function firstStart(stores: KeyStores, found: KekRing | undefined, now: string): Promise<KeyEncryption> {
  const { file, state, log } = stores;
  const dataKeys = await state.list('data-keys', { limit: 1 });
  const { next } = await log.end();
  if (dataKeys.length > 0 || next.some((offset) => offset > 0))
    throw found
      ? new KeytrailError('PRIVACY.IDENTITY_KEY_MISSING')
      : new KeytrailError('PRIVACY.KEK_MISSING', { place: file.place });
  const ring = found ?? (await makeKek(file, now));
  const kek = ring.at(-1) ?? ring[0];
  const [storedKek, storedKey] = await state.createMany([
    { ...KEK_DOCUMENT, value: kekDocument(kek, now) },
    { ...IDENTITY_KEY_DOCUMENT, value: wrapKey(randomBytes(IDENTITY_KEY_BYTES), kek, IDENTITY_KEY_PURPOSE) },
  ]);
  return openWith(ring, storedKek?.value as KekDocument, storedKey?.value as WrappedKey);
}

async function makeKek(file: KekFile, now: string): Promise<KekRing> {
  if (file.madeByOperator) throw new KeytrailError('PRIVACY.KEK_MISSING', { place: file.place });
  const ring: KekRing = [newKek(now)];
  await file.write(ring);
  return ring;
}

function openWith(ring: KekRing, document: KekDocument, wrapped: WrappedKey): KeyEncryption {
  const kek = ring.find(({ id }) => id === wrapped.kekId);
  const identityKey = kek && unwrapKey(wrapped, kek, IDENTITY_KEY_PURPOSE);
  if (!identityKey || !opensStoredKeys(ring, document))
    throw new KeytrailError('PRIVACY.KEK_MISMATCH', { needed: document.kekId });
  return new KeyEncryption(ring, identityKey);
}
