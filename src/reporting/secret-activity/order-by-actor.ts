import { ACTOR_KINDS, type ActorKind } from '../../domain/sourced-event.js';
import { sumOutcomes } from '../domain/activity-tally.js';
import type { AccessLine } from './secret-activity-facts.js';

/** The same lines, actor by actor: people first, the busiest first, each with the most accessed secrets first. */
export function orderByActor(lines: readonly AccessLine[]): readonly AccessLine[] {
  const actors = Map.groupBy(lines, ({ who }) => `${who.kind}\n${who.subject ?? ''}`);
  const sum = (of: readonly AccessLine[]): number => of.reduce((all, { outcomes }) => all + sumOutcomes(outcomes), 0);
  return [...actors.values()]
    .map((own) => ({ own, kind: rank(own[0]?.who.kind), accesses: sum(own) }))
    .sort((left, right) => left.kind - right.kind || right.accesses - left.accesses)
    .flatMap(({ own }) => own);
}

function rank(kind: ActorKind | undefined): number {
  return kind === undefined ? ACTOR_KINDS.length : ACTOR_KINDS.indexOf(kind);
}
