import type { Entry } from '../../../domain/entry.js';
import type { SecretVersion } from './secret-timeline.query.js';

/** The versions that entries, the newest first, gave to a secret. */
export function secretVersions(entries: readonly Entry[], names: ReadonlySet<string>): readonly SecretVersion[] {
  const versions = new Map<string, SecretVersion>();
  for (const { id, action, occurredAt, recordedAt, secrets = [] } of entries) {
    for (const { uid, path, version } of secrets) {
      if (version === undefined || versions.has(version) || !(names.has(uid) || names.has(path))) continue;
      versions.set(version, { version, action, eventId: id, at: occurredAt ?? recordedAt });
    }
  }
  return [...versions.values()];
}
