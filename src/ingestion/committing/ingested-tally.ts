import type { DeadLetterDetails, IngestedDetails } from '../../domain/details.js';
import type { PlannedItem } from './plan-commit.js';
import type { NativeSubmission } from './submission.js';

interface Counts {
  read: number;
  recorded: number;
  duplicates: number;
  conflicts: number;
  ignored: number;
  superseded: number;
  wouldSupersede: number;
  rejected: Record<string, number>;
}

/** What one commit did for one key, kind and instance. */
export interface IngestedGroup {
  readonly kind: string;
  readonly instance: string;
  readonly mapping: number;
  /** The submissions in it; all of one caller. */
  readonly submissions: ReadonlySet<NativeSubmission>;
  readonly counts: Readonly<Counts>;
  /** Their `at.file` counts in `files`. */
  readonly deadLetters: readonly DeadLetterDetails[];
  readonly files: readonly string[];
}

interface Group extends IngestedGroup {
  readonly submissions: Set<NativeSubmission>;
  readonly counts: Counts;
  readonly deadLetters: DeadLetterDetails[];
  readonly files: string[];
}

/** Adds up what a commit tells of itself: one group for each key, kind and instance. */
export class IngestedTally {
  readonly #groups = new Map<string, Group>();

  get groups(): readonly IngestedGroup[] {
    return [...this.#groups.values()];
  }

  add(submission: NativeSubmission, items: readonly PlannedItem[]): void {
    // A delivery of nothing is told of too: that it came is what a reader of coverage wants to know.
    if (items.length === 0) this.#groupOf(submission, submission.delivery.instance);
    for (const item of items) count(this.#groupOf(submission, item.instance), item, submission.fileName);
  }

  #groupOf(submission: NativeSubmission, instance: string): Group {
    const { kind, mapping } = submission.delivery;
    const name = JSON.stringify([submission.actor.caller.principal.keyId, kind, instance]);
    let group = this.#groups.get(name);
    if (!group) {
      group = { kind, instance, mapping, submissions: new Set(), counts: noCounts(), deadLetters: [], files: [] };
      this.#groups.set(name, group);
    }
    group.submissions.add(submission);
    return group;
  }
}

function noCounts(): Counts {
  return {
    read: 0,
    recorded: 0,
    duplicates: 0,
    conflicts: 0,
    ignored: 0,
    superseded: 0,
    wouldSupersede: 0,
    rejected: {},
  };
}

function count(group: Group, item: PlannedItem, fileName: string | undefined): void {
  const { counts } = group;
  counts.read += 1;
  if ('kind' in item) {
    if (item.kind === 'ignored') counts.ignored += 1;
    else {
      counts.rejected[item.reason] = (counts.rejected[item.reason] ?? 0) + 1;
      group.deadLetters.push(placed(item.deadLetter, fileName, group.files));
    }
    return;
  }
  if (item.status === 'duplicate') counts.duplicates += 1;
  else if (item.status === 'conflict') counts.conflicts += 1;
  else counts.recorded += 1;
  if (item.status === 'superseded') counts.superseded += 1;
  if (item.wouldSupersede) counts.wouldSupersede += 1;
}

/** The dead letter with its file's number in this group. */
function placed(letter: DeadLetterDetails, fileName: string | undefined, files: string[]): DeadLetterDetails {
  if (fileName === undefined) return letter;
  let file = files.indexOf(fileName);
  if (file < 0) file = files.push(fileName) - 1;
  return { ...letter, at: { ...letter.at, file } };
}

/** Bytes of dead letters in one entry. */
const LETTERS_LIMIT = 40_000;

/**
 * The details of a group's `trail.ingested` event: one, and more where the dead letters do not fit in one. The counts
 * stand in the first alone, so that adding all up is right.
 */
export function ingestedDetails(group: IngestedGroup, duplicatesKnown: boolean): readonly IngestedDetails[] {
  const { duplicates, wouldSupersede, superseded, ...counts } = group.counts;
  const [first = [], ...others] = splitLetters(group.deadLetters);
  return [
    {
      ...counts,
      ...(duplicatesKnown && { duplicates }),
      ...(wouldSupersede > 0 && { wouldSupersede }),
      ...(superseded > 0 && { superseded }),
      deadLetters: first,
    },
    ...others.map((deadLetters) => ({ read: 0, recorded: 0, conflicts: 0, ignored: 0, rejected: {}, deadLetters })),
  ];
}

function splitLetters(letters: readonly DeadLetterDetails[]): readonly (readonly DeadLetterDetails[])[] {
  const groups: DeadLetterDetails[][] = [[]];
  let room = LETTERS_LIMIT;
  for (const letter of letters) {
    const size = JSON.stringify(letter).length + 1;
    if (size > room) {
      groups.push([]);
      room = LETTERS_LIMIT;
    }
    groups.at(-1)?.push(letter);
    room -= size;
  }
  return groups;
}
