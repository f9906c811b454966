import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RecordingLimits, Role } from '../domain/principal.js';
import { Secret } from '../domain/secret.js';
import { Clock } from '../platform/clock.js';
import type { RingKey } from './domain/key-ring.js';
import { fingerprint, KEY_RANDOM_BYTES, makeKey, type KeyText } from './domain/key-text.js';
import { SealedNames } from './sealed-names.js';

/** What the issuer says of a key. */
export interface KeyRequest {
  /** The holder: a person, or a machine by a name of its own. Personal data. */
  readonly name: string;
  readonly actorKind: 'user' | 'service';
  readonly role: Role;
  readonly identities?: boolean;
  readonly limits?: RecordingLimits;
  readonly notAfter?: Date;
}

export interface NewKey {
  readonly ringKey: RingKey;
  /** Shown once, never kept. */
  readonly text: Secret<string>;
}

/** Makes keys: random, kept as a fingerprint, the holder's name sealed. */
@Injectable()
export class KeyMaker {
  constructor(
    private readonly names: SealedNames,
    private readonly clock: Clock,
  ) {}

  async make(request: KeyRequest, createdBy: string, given?: KeyText): Promise<NewKey> {
    const { keyId, text } = given ?? makeKey(randomBytes(KEY_RANDOM_BYTES));
    const { limits = {} } = request;
    const ringKey: RingKey = {
      id: keyId,
      sha256: fingerprint(text),
      role: request.role,
      identities: request.identities ?? false,
      actorKind: request.actorKind,
      holder: await this.names.seal({ keyId, name: request.name, actorKind: request.actorKind }),
      limits: {
        kinds: limits.kinds ?? null,
        instances: limits.instances ?? null,
        environments: limits.environments ?? null,
        actionClasses: limits.actionClasses ?? null,
      },
      createdAt: this.clock.now().toISOString(),
      createdBy,
      notAfter: request.notAfter?.toISOString() ?? null,
      revokedAt: null,
      revokedBy: null,
    };
    return { ringKey, text: new Secret(text) };
  }
}
