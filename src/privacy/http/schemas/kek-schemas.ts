import { count, described, flag, object, text, time } from '../../../platform/http/schemas/schema.js';

export const KEK_ROTATED = object({
  from: text('Public id of the key that was replaced'),
  to: text('Public id of the key that took its place'),
  rewrapped: described(count, 'Data keys wrapped anew by this run'),
});

export const KEK_STATUS = object(
  {
    kekId: text('Public id of the key-encryption key'),
    since: described(time, 'When it was made, or first seen where it was made elsewhere'),
    place: text('Where it lies, in words'),
    openToOthers: described(flag, 'Others than the owner may read or write its file'),
    rotationUnfinished: described(flag, 'A rotation was begun and not ended; the next one goes on with it'),
  },
  { copyConfirmedAt: described(time, 'When a copy elsewhere was last confirmed; absent when none is known') },
);
