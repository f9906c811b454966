import { ROLES } from '../../../domain/principal.js';
import {
  described,
  flag,
  list,
  matching,
  object,
  oneOf,
  orNull,
  text,
  time,
  titled,
} from '../../../platform/http/schemas/schema.js';

export const KEY_ID = matching(/^[0-9A-Za-z]{10}$/, 'Id of a key: the first part of it, which is no secret');

const LIMITS = described(
  object(
    {},
    {
      kinds: list(text(), 'Kinds of sources'),
      instances: list(text(), 'Names of stores'),
      environments: list(text(), 'Environments'),
      actionClasses: list(text(), 'Parts of actions before the dot'),
    },
  ),
  'What a `log_writer` key may record. A list that is absent does not restrict; an empty one allows nothing.',
);

const KEY = titled(
  'Key',
  object({
    id: KEY_ID,
    role: oneOf(ROLES),
    identities: described(flag, "An auditor's key that may see identities"),
    kind: oneOf(['person', 'service']),
    name: orNull(text('Who holds it; `null` when forgotten')),
    state: oneOf(['active', 'expired', 'revoked']),
    limits: LIMITS,
    createdAt: time,
    createdBy: text('Id of the key that issued it, `host` or `bootstrap`'),
    notAfter: orNull(described(time, 'From then on it is not valid')),
    revokedAt: orNull(time),
    revokedBy: orNull(text('Id of the key that revoked it, or `host`')),
  }),
);

export const KEYS = object({ keys: list(KEY, 'The oldest first') });

export const SHOWN_KEY = titled(
  'ShownKey',
  object({
    id: KEY_ID,
    key: matching(/^kt_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/, 'The key itself: it is shown in this answer and never again'),
  }),
);
