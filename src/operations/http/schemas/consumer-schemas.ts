import { ERRORS } from '../../../domain/errors.js';
import {
  count,
  described,
  flag,
  list,
  object,
  oneOf,
  text,
  time,
  titled,
} from '../../../platform/http/schemas/schema.js';

const CODE = oneOf(Object.keys(ERRORS));

const VIEW = object({
  view: text('Its name'),
  version: described(count, 'Of its fields and their meaning'),
  generation: described(count, 'Number of the build'),
  active: described(flag, 'Answers come from it; one that is not is being filled'),
  checkpoint: text('The log point that it has reached'),
  lag: described(count, 'Events behind the log'),
});

const BLOCKED = object({
  view: text('The view that stands still'),
  position: text('Of the event that can not be consumed: `epoch.partition.offset`'),
  code: CODE,
  attempts: count,
  since: time,
  alarm: described(flag, 'It has failed so often that somebody has to look'),
});

const CONSUMER = titled(
  'Consumer',
  object(
    {
      name: text('Its name'),
      state: oneOf(['starting', 'running', 'failing', 'blocked', 'stopped']),
      lag: object({ events: count, seconds: { type: 'number', minimum: 0 } }),
      views: list(VIEW),
      consumed: described(count, 'Events since it was started'),
      failures: count,
      restarts: count,
      blocked: list(BLOCKED, 'Events that it can not consume: tried again, never skipped'),
    },
    { lastError: object({ code: CODE, at: time }) },
  ),
);

export const CONSUMERS = object({ consumers: list(CONSUMER) });
