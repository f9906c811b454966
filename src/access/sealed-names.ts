import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decryptDisclosures, encryptDisclosures } from '../domain/disclosure-cipher.js';
import { utcQuarter } from '../domain/timestamp.js';
import { Clock } from '../platform/clock.js';
import { SubjectKeys } from '../privacy/subject-keys.port.js';
import type { RingKey, SealedName } from './domain/key-ring.js';

const NONCE_BYTES = 12;

/** A key's holder as the administrator names them. */
export interface Holder {
  readonly keyId: string;
  readonly name: string;
  readonly actorKind: 'user' | 'service';
}

/** Keeps holders' names under their own data keys, so that a person who is forgotten is forgotten here too. */
@Injectable()
export class SealedNames {
  constructor(
    private readonly subjects: SubjectKeys,
    private readonly clock: Clock,
  ) {}

  async seal({ keyId, name, actorKind }: Holder): Promise<SealedName> {
    const quarter = utcQuarter(this.clock.now().getTime());
    const [key] = await this.subjects.resolve([
      { of: 'subject', kind: actorKind, sourceKind: 'keytrail', instance: 'default', nativeId: name, quarter },
    ]);
    if (key?.subject === undefined) throw new Error('one key of a subject was asked for');
    const encoded = Buffer.from(name, 'utf8').toString('base64url');
    const { nonce, ciphertext } = encryptDisclosures(
      [encoded],
      { eventId: keyId, keyId: key.keyId, key: key.key },
      randomBytes(NONCE_BYTES),
    );
    return { subject: key.subject, keyId: key.keyId, nonce, ciphertext };
  }

  /** The names by key id; left out where the data key was destroyed. */
  async open(keys: readonly RingKey[]): Promise<ReadonlyMap<string, string>> {
    const opened = await this.subjects.open(keys.map(({ holder }) => holder.keyId));
    const names = new Map<string, string>();
    for (const [index, ringKey] of keys.entries()) {
      const key = opened[index]?.key;
      const [encoded] = (key && decryptDisclosures(ringKey.holder, { eventId: ringKey.id, key })) ?? [];
      if (encoded !== undefined) names.set(ringKey.id, Buffer.from(encoded, 'base64url').toString('utf8'));
    }
    return names;
  }
}
