import {
  count,
  described,
  flag,
  list,
  matching,
  object,
  oneOf,
  position,
  text,
  titled,
  uuid,
} from '../../../platform/http/schemas/schema.js';
import { REJECTION_REASONS } from '../../../sources/source.port.js';

const DEAD_LETTER = described(uuid, 'Id of a dead letter: where the record lies');

const ITEM = titled(
  'RecordedItem',
  object(
    {
      item: described(count, 'Number of the record, from 0'),
      status: oneOf(['recorded', 'superseded', 'duplicate', 'conflict', 'ignored', 'rejected']),
    },
    {
      ids: list(uuid, 'Of its events'),
      positions: list(position, 'Of its events, on the log'),
      reason: text(`Why it was ignored or rejected: ${REJECTION_REASONS.join(', ')}`),
      field: text("What was missing or wrong, by its path in the source's own rule"),
      deadLetter: DEAD_LETTER,
      wouldSupersede: described(flag, 'The present mapping understands it otherwise: `supersede` would write that'),
      retried: described(
        object({ deadLetter: matching(/^[0-9A-Za-z-]{1,64}$/, 'As it was sent'), closed: flag }),
        'Of a second attempt that was understood; not closed where it is another record',
      ),
    },
  ),
);

export const RECORDED = titled(
  'Recorded',
  object(
    {
      items: list(ITEM),
      read: described(count, 'Records'),
      recorded: described(count, 'Events written'),
      conflicts: described(count, 'Events of an id that stands for something else'),
      ignored: described(count, 'Records that are not about secrets'),
      rejected: described(count, 'Records that were not understood'),
      asOf: text('The point up to which the log holds everything of this request'),
    },
    { duplicates: described(count, 'Events that are on the log already; left out where the log can not tell') },
  ),
);
