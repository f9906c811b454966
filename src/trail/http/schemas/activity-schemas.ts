import { ANSWER, EVENT, NEXT, PERSON, POSITION } from './event-schemas.js';
import { count, day, flag, list, mapOf, object, orNull, text, time } from './schema.js';

const STANDS = 'the uid that stands for the secret, whatever events call it';
const SPAN = { first: time, last: time } as const;

const TALLIED = {
  events: count,
  reads: count,
  changes: count,
  rotations: count,
  failures: count,
  denials: count,
  unknown: count,
} as const;
const TALLY_TIMES = { ...SPAN, lastRead: time, lastChange: time, lastRotation: time } as const;
const TALLY = object(TALLIED, TALLY_TIMES);

export const SECRETS = object(
  {
    secrets: list(object({ secret: text(STANDS), events: count, actors: count, ...SPAN })),
    secretsInAll: count,
    ...ANSWER,
  },
  NEXT,
);

export const SECRET_TIMELINE = object(
  {
    secret: text(),
    aliases: list(text()),
    summary: TALLY,
    versions: list(object({ version: text(), action: text(), eventId: text(), at: time })),
    moreVersions: flag,
    events: list(EVENT),
    ...ANSWER,
  },
  NEXT,
);

export const ACTORS = object(
  {
    actors: list(object({ actor: text(), kind: text(), events: count, secrets: count, ...SPAN }, { identity: PERSON })),
    actorsInAll: count,
    ...ANSWER,
  },
  NEXT,
);

export const ACTOR_ACTIVITY = object(
  {
    actor: text(),
    summary: TALLY,
    secrets: list(object({ secret: orNull(text(STANDS)), ...TALLIED }, TALLY_TIMES)),
    ...ANSWER,
  },
  { ...NEXT, identity: PERSON },
);

export const FAILURES = object(
  {
    groups: list(object({ action: text(), reason: orNull(text()), events: count, actors: count, ...SPAN })),
    withoutEchoes: flag,
    events: list(EVENT),
    ...ANSWER,
  },
  NEXT,
);

const OUTCOME_COUNTS = object({ success: count, failure: count, unknown: count });

export const DAILY_COUNTS = object({
  days: list(object({ day, events: count, actions: mapOf(OUTCOME_COUNTS) })),
  events: count,
  withoutEchoes: flag,
  ...ANSWER,
});

const DELIVERED = object(
  {
    read: count,
    recorded: count,
    conflicts: count,
    ignored: count,
    rejected: count,
    rejectedByReason: mapOf(count),
  },
  { duplicates: count, last: time },
);

export const COVERAGE = object({
  sources: list(
    object(
      {
        kind: text(),
        instance: text(),
        events: count,
        unsureTimes: count,
        silentDays: count,
        silentDates: list(day),
        delivered: DELIVERED,
        unknownOutcomes: count,
        openDeadLetters: count,
        doubles: count,
      },
      { ...SPAN, lastRecorded: time, silentSeconds: count },
    ),
  ),
  interruptions: list(object({ from: time, to: time, refused: count })),
  doubles: list(
    object({ id: text(), kind: text(), instance: text(), position: POSITION }, { shown: POSITION }),
    'The first events on the log that are not shown: another one had their id before',
  ),
  notSeen: list(text(), 'What was not seen, in words'),
  ...ANSWER,
});
