import { entryAction, isEcho, type Entry } from '../../domain/entry.js';
import type { Action } from '../../domain/action.js';
import type { Identity, PersonIdentity } from '../../domain/identity.js';
import type { Position } from '../../domain/position.js';
import { parseTimestamp } from '../../domain/timestamp.js';
import type { FoundDocument } from '../../storage/read-store/read-store.port.js';
import type { TrailEventBody } from '../../trail/trail-event.view.js';
import { activityGroup, type ActivityGroup } from './activity-group.js';

/** One event of the trail as a report reads it. */
export interface ActivityRow {
  readonly position: Position;
  /** The document's sort key: when the event occurred, or was recorded where the record has no readable time. */
  readonly time: string;
  /** As a sort key. */
  readonly recordedAt: string;
  readonly action: Action;
  readonly group: ActivityGroup;
  /** Repeats another event: a store's inner call behind a secret's read. Not a second access. */
  readonly echo: boolean;
  readonly entry: Entry;
  readonly identity: Identity;
}

export function readActivityRow(document: FoundDocument): ActivityRow {
  const body = JSON.parse(document.body) as TrailEventBody;
  const entry = JSON.parse(body.entry) as Entry;
  const action = entryAction(entry);
  return {
    position: body.position,
    time: document.time,
    recordedAt: parseTimestamp(entry.recordedAt)?.sortKey ?? document.time,
    action,
    group: activityGroup(action),
    echo: isEcho(entry),
    entry,
    identity: body.identity,
  };
}

/** How the record names someone, each name once: name, e-mail, the store's own identifier. */
export function personNames(person: PersonIdentity | undefined): readonly string[] {
  const names = [person?.name, person?.email, person?.nativeId].filter((name) => name !== undefined);
  return [...new Set(names)];
}
