import { ANSWER, NEXT } from './event-schemas.js';
import {
  count,
  described,
  list,
  object,
  oneOf,
  position,
  text,
  time,
  uuid,
} from '../../../platform/http/schemas/schema.js';

const PLACE = described(
  object({}, { file: count, line: count, byteOffset: count, requestId: text(), item: count }),
  'In a file: its number, line (from 1) and byte; in a request: its id. `item` counts from 0 where several lie there.',
);

const OPENED = object(
  {
    eventId: uuid,
    recordedAt: time,
    kind: text(),
    instance: text(),
    reason: text('Why it was not understood'),
    length: described(count, 'Bytes of the record'),
    hmac: text("Keyed hash of the record's bytes"),
    at: PLACE,
  },
  {
    field: text("What was missing or wrong, by its path in the source's own rule"),
    file: text('Name of the file; only for those who may see identities'),
  },
);

const CLOSED = object(
  { eventId: uuid, recordedAt: time },
  { by: text('Subject of whoever closed it'), reason: text('Why; only for those who may see identities') },
);

export const DEAD_LETTERS_ANSWER = object(
  {
    deadLetters: list(object({ id: uuid, state: oneOf(['open', 'closed']) }, { opened: OPENED, closed: CLOSED })),
    ...ANSWER,
  },
  NEXT,
);

export const DEAD_LETTERS_CLOSED = object({ closed: count }, { position });
