import { ANSWER, EVENT, NEXT, PERSON, WITHOUT_ECHOES } from './event-schemas.js';
import {
  uuid,
  count,
  day,
  flag,
  list,
  mapOf,
  object,
  oneOf,
  orNull,
  position,
  text,
  time,
  titled,
  described,
} from '../../../platform/http/schemas/schema.js';

const STANDS = 'the uid that stands for the secret, whatever events call it';
const SPAN = { first: time, last: time } as const;

const TALLIED = {
  events: count,
  reads: count,
  changes: count,
  rotations: count,
  failures: count,
  denials: count,
  unknown: described(count, 'Outcomes that are not known'),
} as const;
const TALLY_TIMES = { ...SPAN, lastRead: time, lastChange: time, lastRotation: time } as const;
const TALLY = titled('Tally', object(TALLIED, TALLY_TIMES));

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
    aliases: list(text(), 'Other uids of the same secret; their events are here too'),
    summary: TALLY,
    versions: list(
      object({ version: text(), action: text(), eventId: uuid, at: time }),
      'Made by changes that succeeded, the newest first',
    ),
    moreVersions: described(flag, 'There were more changes than were looked at for versions'),
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
    secrets: list(
      object({ secret: orNull(text(`${STANDS}; \`null\` for acts that named none`)), ...TALLIED }, TALLY_TIMES),
    ),
    ...ANSWER,
  },
  { ...NEXT, identity: PERSON },
);

export const FAILURES = object(
  {
    groups: list(object({ action: text(), reason: orNull(text()), events: count, actors: count, ...SPAN })),
    withoutEchoes: WITHOUT_ECHOES,
    events: list(EVENT),
    ...ANSWER,
  },
  NEXT,
);

const OUTCOME_COUNTS = object({ success: count, failure: count, unknown: count });

export const DAILY_COUNTS = object(
  {
    days: list(object({ day, events: count, actions: mapOf(OUTCOME_COUNTS) })),
    events: count,
    withoutEchoes: WITHOUT_ECHOES,
    ...ANSWER,
  },
  {
    earlier: described(count, 'Events before the first day shown'),
    later: described(count, 'Events after the last day shown: their times are in the future'),
  },
);

const DELIVERED = object(
  {
    read: count,
    recorded: count,
    conflicts: count,
    ignored: count,
    rejected: count,
    rejectedByReason: mapOf(count),
  },
  { duplicates: described(count, 'Absent where the log can not tell'), last: time },
);

export const COVERAGE = object({
  sources: list(
    object(
      {
        kind: text(),
        instance: text(),
        events: count,
        unsureTimes: described(count, 'Events whose own time is missing or can not be right'),
        silentDays: described(count, 'Days of the period without any event'),
        silentDates: list(day, 'The first of them'),
        delivered: DELIVERED,
        unknownOutcomes: described(count, 'Events shown whose outcome is not known'),
        openDeadLetters: described(count, 'Records not understood that nobody has closed, whenever they came'),
        doubles: described(count, 'Events under an id that another act had before; both are shown'),
      },
      {
        ...SPAN,
        lastRecorded: time,
        silentSeconds: count,
        silentDaysFrom: described(day, 'Silent days are counted from here, where events began earlier: of 3,700 days'),
      },
    ),
  ),
  interruptions: list(
    object({
      from: time,
      to: time,
      refused: described(count, 'Requests refused meanwhile'),
      cause: described(
        oneOf(['down', 'storage', 'bound']),
        'The service did not run; a store took nothing; more came than could be taken, and the rest was recorded',
      ),
    }),
    'When not everything could be recorded',
  ),
  doubles: list(
    object({ id: text(), kind: text(), instance: text(), position }, { shown: position }),
    'The first events under an id that another act had before, and where that one is',
  ),
  notSeen: list(text(), 'What was not seen, in words'),
  ...ANSWER,
});
