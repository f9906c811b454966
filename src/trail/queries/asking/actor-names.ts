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
    const wanted = [...new Set(subjects)];
    if (wanted.length === 0) return names;
    const isCut = await this.#read(wanted, wanted.length * SPELLINGS, names);
    // Someone who is called something else each time must not push out the others.
    if (isCut)
      for (const subject of wanted.filter((one) => !names.has(one))) await this.#read([subject], SPELLINGS, names);
    return names;
  }

  /** Adds the latest names of each. True when there are more spellings than were read. */
  async #read(subjects: readonly string[], limit: number, names: Map<string, PersonIdentity>): Promise<boolean> {
    const { buckets, groups } = await this.store.aggregate({
      view: TRAIL_EVENTS.name,
      filter: {
        all: [
          { field: 'subject', in: subjects },
          { field: 'actorNativeId', exists: true },
        ],
      },
      by: ['subject', 'actorNativeId', 'actorName', 'actorEmail'],
      order: 'last',
      limit,
    });
    for (const { key } of buckets) {
      const [subject, nativeId, name, email] = key.map((part) => (part === null ? undefined : String(part)));
      if (subject === undefined) continue;
      const latest = names.get(subject);
      names.set(subject, {
        ...(nativeId !== undefined && { nativeId }),
        ...(name !== undefined && { name }),
        ...(email !== undefined && { email }),
        ...latest,
      });
    }
    return groups > buckets.length;
  }
}
