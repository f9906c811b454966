import { ANSWER, NEXT } from './event-schemas.js';
import { count, list, object, oneOf, text, time } from './schema.js';

const PLACE = object({}, { file: count, line: count, byteOffset: count, requestId: text(), item: count });

const OPENED = object(
  {
    eventId: text(),
    recordedAt: time,
    kind: text(),
    instance: text(),
    reason: text(),
    length: count,
    hmac: text(),
    at: PLACE,
  },
  { file: text() },
);

const CLOSED = object({ eventId: text(), recordedAt: time }, { by: text(), reason: text() });

export const DEAD_LETTERS_ANSWER = object(
  {
    deadLetters: list(object({ id: text(), state: oneOf(['open', 'closed']) }, { opened: OPENED, closed: CLOSED })),
    ...ANSWER,
  },
  NEXT,
);

export const DEAD_LETTERS_CLOSED = object(
  { closed: count },
  { position: object({ epoch: count, partition: count, offset: count }) },
);
