import type { ViewBucket } from '../../../storage/read-store/read-store.port.js';
import { tallyActs, type ActGroup } from '../../domain/act-tally.js';
import { actOf } from '../asking/act-tallies.js';
import { presentTally } from '../asking/presented-tally.js';
import type { ActorSecret } from './actor-activity.query.js';

/** Groups by (secret, action, outcome, reason), in order of their keys, as one tally for each secret. */
export function actorSecrets(buckets: readonly ViewBucket[]): readonly ActorSecret[] {
  const groups = new Map<string | null, ActGroup[]>();
  for (const { key, ...counted } of buckets) {
    const secret = secretOf(key);
    groups.set(secret, [...(groups.get(secret) ?? []), { ...actOf(key.slice(1)), ...counted }]);
  }
  return [...groups].map(([secret, acts]) => ({ secret, ...presentTally(tallyActs(acts)) }));
}

/** The leading buckets whose secrets are whole, when the page was cut in the middle of its last secret. */
export function wholeSecrets(buckets: readonly ViewBucket[], cut: boolean): readonly ViewBucket[] {
  const last = buckets.at(-1);
  if (!cut || !last) return buckets;
  return buckets.filter(({ key }) => secretOf(key) !== secretOf(last.key));
}

function secretOf(key: ViewBucket['key']): string | null {
  const [secret = null] = key;
  return secret === null ? null : String(secret);
}
