import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/caller.js';
import { KeytrailError } from '../domain/errors.js';
import type { Clock } from '../platform/clock.js';
import type { SubjectKeys } from '../privacy/subject-keys.port.js';
import type { LogRecord } from '../storage/event-log/event-log.port.js';
import type { OwnEvent } from './commands/record-events/record-events.command.js';
import {
  callerKeyRequest,
  holderKeyRequest,
  ownEntry,
  type NamedPerson,
  type OwnActor,
  type OwnContext,
} from './committing/own-entry.js';
import { logRecord } from './committing/trail-events.js';
import type { NamedValue } from './preparing/event-disclosures.js';
import type { RandomPool } from './preparing/random-pool.js';

/** Makes log records of Keytrail's own acts. */
export class OwnRecords {
  constructor(
    private readonly subjectKeys: SubjectKeys,
    private readonly clock: Clock,
    private readonly random: RandomPool,
    private readonly place: Pick<OwnContext, 'tenant' | 'environment'>,
  ) {}

  /** The caller with the key for what happens now. */
  async actor(caller: Caller): Promise<OwnActor> {
    return this.#actor(caller, this.clock.now().toISOString());
  }

  /** @throws KeytrailError `STORAGE.*`, `PRIVACY.*` when the caller's key can't be had */
  async prepare(events: readonly OwnEvent[], caller: Caller): Promise<readonly LogRecord[]> {
    const recordedAt = this.clock.now().toISOString();
    const records: LogRecord[] = [];
    for (const event of events) {
      const { id = randomUUID(), action, outcome, reason, details, occurredAt = recordedAt } = event;
      const facts = { id, action, outcome, occurredAt, ...(reason && { reason }), ...(details && { details }) };
      const actor = await this.#actor(event.caller ?? caller, occurredAt);
      const person = await this.#person(event, occurredAt);
      const context = { ...this.place, recordedAt, random: this.random, ...(person && { person }) };
      records.push(logRecord(facts, ownEntry(facts, personalFields(event), actor, context)));
    }
    return records;
  }

  async #person({ personal }: OwnEvent, occurredAt: string): Promise<NamedPerson | undefined> {
    if (personal?.person === undefined) return undefined;
    const { actorKind, name } = personal.person;
    const [key] = await this.subjectKeys.resolve([holderKeyRequest(actorKind, name, occurredAt)]);
    if (!key) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'subject keys' });
    return { key, name };
  }

  async #actor(caller: Caller, occurredAt: string): Promise<OwnActor> {
    const [key] = await this.subjectKeys.resolve([callerKeyRequest(caller.principal, occurredAt)]);
    if (!key) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'subject keys' });
    return { caller, key };
  }
}

function personalFields({ personal }: OwnEvent): readonly NamedValue[] {
  const fields: NamedValue[] = [];
  if (personal?.filter !== undefined) fields.push(['filter', personal.filter]);
  if (personal?.text !== undefined) fields.push(['text', personal.text]);
  return fields;
}
