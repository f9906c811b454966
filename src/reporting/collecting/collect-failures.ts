import type { Reason } from '../../domain/outcome.js';
import type { ActorKind } from '../../domain/sourced-event.js';
import type { ViewBucket } from '../../storage/read-store/read-store.port.js';
import type { TrailScope } from './trail-scope.js';
import type { ActorFailures, FailureLine, Listing, SecretFailures } from '../secret-activity/secret-activity-facts.js';
import type { TrailReader } from './trail-reader.js';

/** More groups than this say nothing that the list of every attempt does not say better. */
const GROUPS_PRINTED = 100;

export interface CollectedFailures {
  readonly failuresByActor: Listing<ActorFailures>;
  readonly failuresBySecret: Listing<SecretFailures>;
}

/** Who failed most often and at what, by reason. */
export async function collectFailures(
  reader: TrailReader,
  scope: TrailScope,
  named: boolean,
): Promise<CollectedFailures> {
  const byActor = await reader.largest(scope.failures, {
    by: ['subject', 'actorKind', 'reason'],
    limit: GROUPS_PRINTED,
  });
  const bySecret = await reader.largest(scope.failures, {
    by: ['secret', 'reason'],
    limit: GROUPS_PRINTED,
  });
  const actors: ActorFailures[] = [];
  for (const bucket of byActor.buckets) {
    const subject = text(bucket, 0);
    const person = named && subject !== null ? await reader.person(scope.failures, subject) : undefined;
    const who = { subject, kind: String(bucket.key[1]) as ActorKind, ...(person && { person }) };
    actors.push({ ...failures(bucket, 2), who });
  }
  const secrets = bySecret.buckets.map((bucket) => ({
    ...failures(bucket, 1),
    secret: text(bucket, 0),
  }));
  return {
    failuresByActor: { lines: actors, total: byActor.groups },
    failuresBySecret: { lines: secrets, total: bySecret.groups },
  };
}

function failures(bucket: ViewBucket, reasonAt: number): FailureLine {
  const { count, first, last } = bucket;
  return { reason: text(bucket, reasonAt) as Reason | null, count, first, last };
}

function text({ key }: ViewBucket, at: number): string | null {
  const value = key[at];
  return typeof value === 'string' ? value : null;
}
