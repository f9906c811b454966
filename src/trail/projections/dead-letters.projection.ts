import type { OpenedEvent } from '../../consuming/opened-event.js';
import type { FoldedProjection } from '../../consuming/projection.js';
import type { DeadLetterDetails, DeadLettersClosedDetails, IngestedDetails } from '../../domain/details.js';
import type { Entry } from '../../domain/entry.js';
import { parseTimestamp } from '../../domain/timestamp.js';
import { DEAD_LETTERS, type DeadLetter } from '../dead-letter.view.js';

/** Every record that was not understood, open until somebody closes it or it is understood after all. */
export const deadLettersProjection: FoldedProjection<DeadLetter> = {
  view: DEAD_LETTERS,
  keys: ({ entry }) => [...openedBy(entry).map(({ id }) => id), ...closedBy(entry)],
  evolve: (before, event, id) => {
    const letter = openedBy(event.entry).find((opened) => opened.id === id);
    return letter ? open(before, letter, event) : close(before, id, event);
  },
  show: ({ id, state, opened, closed }) => ({
    time: sortKey(opened?.recordedAt ?? closed?.recordedAt),
    fields: { letter: id, state, kind: opened?.kind, instance: opened?.instance, reason: opened?.reason },
  }),
};

function openedBy({ action, details }: Entry): readonly DeadLetterDetails[] {
  return action === 'trail.ingested' ? (details as IngestedDetails).deadLetters : [];
}

function closedBy({ action, details }: Entry): readonly string[] {
  return action === 'keytrail.dead_letters_closed' ? (details as DeadLettersClosedDetails).ids : [];
}

/** The same record delivered again keeps its first place, and is open again if it had been closed. */
function open(before: DeadLetter | undefined, letter: DeadLetterDetails, { entry, identity }: OpenedEvent): DeadLetter {
  if (before?.opened) return { id: before.id, state: 'open', opened: before.opened };
  const { id, reason, field, length, hmac, at } = letter;
  const { kind, instance } = entry.source;
  const file = fileName(identity.files, at.file);
  const opened = { eventId: entry.id, recordedAt: entry.recordedAt, kind, instance, reason, length, hmac, at };
  return {
    id,
    state: 'open',
    opened: { ...opened, ...(field !== undefined && { field }), ...(file !== undefined && { file }) },
  };
}

function close(before: DeadLetter | undefined, id: string, { entry, identity }: OpenedEvent): DeadLetter {
  const { subject } = entry.actor;
  const closed = {
    eventId: entry.id,
    recordedAt: entry.recordedAt,
    ...(subject !== undefined && { by: subject }),
    ...(identity.text !== undefined && { reason: identity.text }),
  };
  return { ...before, id, state: 'closed', closed };
}

/** File names stand in the encrypted part, a JSON array; a dead letter gives the number of its file. */
function fileName(files: string | undefined, number: number | undefined): string | undefined {
  if (files === undefined || number === undefined) return undefined;
  return (JSON.parse(files) as readonly string[])[number];
}

function sortKey(recordedAt = ''): string {
  const time = parseTimestamp(recordedAt);
  if (!time) throw new TypeError('a dead letter has no readable time');
  return time.sortKey;
}
