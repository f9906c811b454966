import { Injectable } from '@nestjs/common';
import type { PersonIdentity } from '../../../domain/identity.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import { TRAIL_EVENTS } from '../../trail-event.view.js';

/** A few spellings of each name are read; the latest is shown, and what it leaves out is taken from those before. */
const SPELLINGS = 4;

/** What actors are called, by their latest events. Only for answers to those who may see identities. */
@Injectable()
export class ActorNames {
  constructor(private readonly store: ReadStore) {}

  async of(subjects: readonly string[]): Promise<ReadonlyMap<string, PersonIdentity>> {
    const names = new Map<string, PersonIdentity>();
    if (subjects.length === 0) return names;
    const { buckets } = await this.store.aggregate({
      view: TRAIL_EVENTS.name,
      filter: {
        all: [
          { field: 'subject', in: [...new Set(subjects)] },
          { field: 'actorNativeId', exists: true },
        ],
      },
      by: ['subject', 'actorNativeId', 'actorName', 'actorEmail'],
      order: 'last',
      limit: subjects.length * SPELLINGS,
    });
    for (const { key } of buckets) {
      const [subject, nativeId, name, email] = key.map((part) => (part === null ? undefined : String(part)));
      if (subject === undefined) continue;
      names.set(subject, {
        ...(nativeId !== undefined && { nativeId }),
        ...(name !== undefined && { name }),
        ...(email !== undefined && { email }),
        ...names.get(subject),
      });
    }
    return names;
  }
}
