import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../domain/caller.js';
import { decryptDisclosures, encryptDisclosures } from '../../domain/disclosure-cipher.js';
import type { EncryptedDisclosures } from '../../domain/encrypted-part.js';
import { callerKeyRequest } from '../../ingestion/committing/own-entry.js';
import { Clock } from '../../platform/clock.js';
import { SubjectKeys, type SubjectKey } from '../../privacy/subject-keys.port.js';
import type { SealedPart } from './saved-filter.js';

const NONCE_BYTES = 12;

/** Keeps what may be a name in a saved filter under the key of whoever saved it. */
@Injectable()
export class FilterSeal {
  constructor(
    private readonly keys: SubjectKeys,
    private readonly clock: Clock,
  ) {}

  async keyOf({ principal }: Caller): Promise<SubjectKey> {
    const [key] = await this.keys.resolve([callerKeyRequest(principal, this.clock.now().toISOString())]);
    if (!key) throw new TypeError('one key was asked for');
    return key;
  }

  seal(id: string, part: SealedPart, { keyId, key }: SubjectKey): EncryptedDisclosures {
    const encoded = Buffer.from(JSON.stringify(part), 'utf8').toString('base64url');
    return encryptDisclosures([encoded], { eventId: id, keyId, key }, randomBytes(NONCE_BYTES));
  }

  /** In the order given; `undefined` where the key was destroyed. */
  async open(
    sealed: readonly { readonly id: string; readonly sealed: EncryptedDisclosures }[],
  ): Promise<readonly (SealedPart | undefined)[]> {
    const keys = await this.keys.open(sealed.map((item) => item.sealed.keyId));
    return sealed.map((item, index) => {
      const key = keys[index]?.key;
      const [encoded] = (key && decryptDisclosures(item.sealed, { eventId: item.id, key })) ?? [];
      if (encoded === undefined) return undefined;
      return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as SealedPart;
    });
  }
}
