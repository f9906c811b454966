import type { Outcome } from '../../domain/outcome.js';
import type { ViewBucket } from '../../storage/read-store/read-store.port.js';
import { addOutcome, sumOutcomes } from '../domain/activity-tally.js';
import type { SecretAliases } from '../../domain/secret-aliases.js';
import { TopList } from '../domain/top-list.js';
import { PRINTED_ROWS } from '../pdf/report-document.js';
import { SECRET_TABLE } from '../secret-activity/csv-tables.js';
import type { Listing, SecretLine } from '../secret-activity/secret-activity-facts.js';
import type { ReportFolder } from './report-folder.js';
import type { TrailReader } from './trail-reader.js';
import type { TrailScope } from './trail-scope.js';

export interface CollectedSecrets {
  readonly secrets: Listing<SecretLine>;
  /** Sum of the lines, for the tie-out. */
  readonly accessesListed: number;
}

/** One line for each secret accessed, whatever its records call it. Secrets with several names come last in the file. */
export async function collectSecrets(
  reader: TrailReader,
  scope: TrailScope,
  folder: ReportFolder,
  aliases: SecretAliases,
): Promise<CollectedSecrets> {
  const csv = folder.csv('secrets', SECRET_TABLE);
  const top = new TopList<SecretLine>(PRINTED_ROWS, compareLines);
  let accessesListed = 0;
  const add = (line: SecretLine): void => {
    accessesListed += sumOutcomes(line.outcomes);
    csv.add(line);
    top.add(line);
  };
  const severalNames = new Map<string, SecretLine>();
  for await (const line of secretLines(reader.groups(scope.accesses, ['secret', 'outcome'], ['subject']))) {
    const name = aliases.nameOf(line.secret);
    if (aliases.namesOf(name).length === 1) add(line);
    else severalNames.set(name, joinLines(name, line, severalNames.get(name)));
  }
  for (const line of severalNames.values()) {
    add({ ...line, accessors: await countAccessors(reader, scope, aliases.namesOf(line.secret)) });
  }
  return { secrets: { lines: top.items(), total: top.total }, accessesListed };
}

/** Folds groups by secret and outcome, in the order of the secret. */
async function* secretLines(groups: AsyncIterable<ViewBucket>): AsyncGenerator<SecretLine> {
  let line: SecretLine | undefined;
  for await (const group of groups) {
    const secret = group.key[0];
    if (typeof secret !== 'string') continue;
    const own = lineOf(secret, group);
    if (line && line.secret !== secret) yield line;
    line = line?.secret === secret ? joinLines(secret, own, line) : own;
  }
  if (line) yield line;
}

function lineOf(secret: string, { key, count, first, last, distinct }: ViewBucket): SecretLine {
  const outcome = key[1] as Outcome;
  const accessors = outcome === 'success' ? (distinct['subject'] ?? 0) : 0;
  return { secret, outcomes: addOutcome(undefined, outcome, count), accessors, first, last };
}

function joinLines(secret: string, line: SecretLine, known: SecretLine | undefined): SecretLine {
  if (!known) return { ...line, secret };
  const { success, failure, unknown } = known.outcomes;
  const { outcomes } = line;
  return {
    secret,
    outcomes: {
      success: success + outcomes.success,
      failure: failure + outcomes.failure,
      unknown: unknown + outcomes.unknown,
    },
    accessors: known.accessors + line.accessors,
    first: line.first < known.first ? line.first : known.first,
    last: line.last > known.last ? line.last : known.last,
  };
}

/** Someone may have used several names of a secret and counts once. */
async function countAccessors(reader: TrailReader, scope: TrailScope, names: readonly string[]): Promise<number> {
  const filter = { all: [scope.accesses, { field: 'outcome', is: 'success' }, { field: 'secret', in: names }] };
  const { buckets } = await reader.largest(filter, { by: [], distinct: ['subject'], limit: 1 });
  return buckets[0]?.distinct['subject'] ?? 0;
}

function compareLines(left: SecretLine, right: SecretLine): number {
  return sumOutcomes(right.outcomes) - sumOutcomes(left.outcomes) || (left.secret < right.secret ? -1 : 1);
}
