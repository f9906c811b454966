import { sumOutcomes } from '../domain/activity-tally.js';
import { counted, grouped } from './cells.js';
import { within } from './cover.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

/** What was recorded, by whom and how it ended, in some sentences. What there is none of is said once, not counted. */
export function leadWords(facts: SecretActivityFacts): string {
  return [recordedWords(facts), actorWords(facts), accessWords(facts), failedWords(facts)].join(' ');
}

/** With a filter the sources are not told of: their numbers are those of all their events. */
function recordedWords({ counts, sources, request: { scope }, tieOut }: SecretActivityFacts): string {
  const recorded = counted(counts.events, 'event');
  const were = counts.events === 1 ? 'was' : 'were';
  if (within(scope) !== '') {
    return `${recorded}${within(scope)} ${were} recorded; ${outsideWords(tieOut.outside)} it.`;
  }
  const heard = sources.filter(({ events }) => events > 0).length;
  return `${recorded} ${were} recorded from ${counted(heard, 'source')}.`;
}

function actorWords({ counts, people, machines }: SecretActivityFacts): string {
  const nobody = counted(counts.actorNotRecorded, 'event names', 'events name');
  return (
    `The records name ${counted(people.total, 'person', 'people')} and ` +
    counted(machines.total, 'service, workload or store', 'services, workloads and stores') +
    (counts.actorNotRecorded === 0 ? '.' : `; ${nobody} nobody.`)
  );
}

function accessWords({ counts: { groups }, secrets }: SecretActivityFacts): string {
  const { success, failure, unknown } = groups.access;
  if (sumOutcomes(groups.access) === 0) return 'No access to a secret is among them.';
  return (
    `${counted(success, 'access', 'accesses')} succeeded and ${grouped(failure)} failed` +
    (unknown === 0 ? '' : `; how ${grouped(unknown)} more ended is unknown`) +
    `. They went to ${counted(secrets.total, 'secret')}.`
  );
}

function failedWords({ counts: { failedActs } }: SecretActivityFacts): string {
  return failedActs === 0
    ? 'No attempt is recorded as failed.'
    : `${counted(failedActs, 'attempt')} of any kind failed.`;
}

/** `3 events of the period are outside`. */
export function outsideWords(count: number): string {
  return `${counted(count, 'event')} of the period ${count === 1 ? 'is' : 'are'} outside`;
}
