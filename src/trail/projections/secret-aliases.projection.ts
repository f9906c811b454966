import type { OpenedEvent } from '../../consuming/opened-event.js';
import type { EventProjection } from '../../consuming/projection.js';
import { canonicalJson } from '../../domain/canonical-json.js';
import type { EntrySecret } from '../../domain/entry.js';
import type { ViewWrite } from '../../storage/read-store/read-store.port.js';
import { SECRET_ALIASES, type SecretAliasBody } from '../secret-alias.view.js';
import { pathOfUid } from '../domain/path-of-uid.js';
import { recordedKey } from './trail-time.js';

/** Each pair of uids that a record proves to name one secret. The first proof stands. */
export const secretAliasesProjection: EventProjection = {
  view: SECRET_ALIASES,
  isAwaited: true,
  project: (event) => (event.entry.secrets ?? []).flatMap((secret) => aliasOf(secret, event)),
};

function aliasOf({ uid, path, alias }: EntrySecret, { entry, position }: OpenedEvent): readonly ViewWrite[] {
  if (alias === undefined || alias === uid) return [];
  const { partition, offset } = position;
  const body: SecretAliasBody = { uid, alias };
  const document = {
    id: canonicalJson([uid, alias]),
    time: recordedKey(entry),
    fields: { partition, offset, uid, alias, uidNames: [uid, path], aliasNames: [alias, pathOfUid(alias)] },
    body: JSON.stringify(body),
  };
  return [{ kind: 'create', document }];
}
