import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { OwnAction } from '../../../domain/action.js';
import type { Caller } from '../../../domain/caller.js';
import type { JsonObject } from '../../../domain/canonical-json.js';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';
import { RecordEventsCommand, type OwnEvent } from '../../../ingestion/commands/record-events/record-events.command.js';
import { timed } from '../../../platform/http/server-timing.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { FilterPrivacy } from './filter-privacy.js';

/** What the record of a question tells. */
export interface QuestionFacts {
  readonly caller: Caller;
  /** `events`, `secret-timeline`. */
  readonly query: string;
  readonly filters: readonly TrailFilter[];
  /** Whether clear names go out. */
  readonly identities: boolean;
  /** Of questions about the trail. */
  readonly asOf?: LogPoint;
}

/** Records that a question was asked. No answer leaves unless its question is on the log. */
@Injectable()
export class QuestionRecord {
  constructor(
    private readonly commands: CommandBus,
    private readonly privacy: FilterPrivacy,
  ) {}

  /** The search's answer, once the question is recorded; both go on at the same time. Throws when either fails. */
  async ask<Found>(facts: QuestionFacts, search: () => Promise<Found>, more: JsonObject = {}): Promise<Found> {
    const [found] = await Promise.all([
      timed('search', search),
      timed('record', () => this.record('keytrail.queried', facts, more)),
    ]);
    return found;
  }

  async record(action: OwnAction, facts: QuestionFacts, more: JsonObject = {}): Promise<void> {
    const { caller, query, filters, identities, asOf } = facts;
    const parts = await Promise.all(filters.map((filter) => this.privacy.split(filter)));
    const details = {
      query,
      identities,
      ...(asOf && { asOf: formatLogPoint(asOf) }),
      filters: parts.map(({ open }) => open as JsonObject),
      ...more,
    };
    const personal = parts.some((part) => part.personal) && {
      filter: JSON.stringify(parts.map((part) => part.personal ?? {})),
    };
    const event: OwnEvent = { action, outcome: 'success', details, ...(personal && { personal }) };
    await this.commands.execute(new RecordEventsCommand({ form: 'own', events: [event] }, caller));
  }
}
