import type { Outcome } from '../../domain/outcome.js';
import type { ViewBucket } from '../../storage/read-store/read-store.port.js';
import { NO_OUTCOMES, sumOutcomes } from '../domain/activity-tally.js';
import { TopList } from '../domain/top-list.js';
import { PRINTED_ROWS } from '../pdf/report-document.js';
import { SECRET_TABLE } from '../secret-activity/csv-tables.js';
import type { Listing, SecretLine } from '../secret-activity/secret-activity-facts.js';
import type { ReportFolder } from './report-folder.js';

export interface CollectedSecrets {
  readonly secrets: Listing<SecretLine>;
  /** Sum of the lines, for the tie-out. */
  readonly accessesListed: number;
}

/** Folds groups by secret and outcome, in the order of the secret, into one line for each secret. */
export async function collectSecrets(
  groups: AsyncIterable<ViewBucket>,
  folder: ReportFolder,
): Promise<CollectedSecrets> {
  const csv = folder.csv('secrets', SECRET_TABLE);
  const top = new TopList<SecretLine>(PRINTED_ROWS, compareLines);
  let accessesListed = 0;
  for await (const line of secretLines(groups)) {
    accessesListed += sumOutcomes(line.outcomes);
    csv.add(line);
    top.add(line);
  }
  return { secrets: { lines: top.items(), total: top.total }, accessesListed };
}

async function* secretLines(groups: AsyncIterable<ViewBucket>): AsyncGenerator<SecretLine> {
  let line: SecretLine | undefined;
  for await (const group of groups) {
    const secret = group.key[0];
    if (typeof secret !== 'string') continue;
    if (line && line.secret !== secret) yield line;
    line = addGroup(line?.secret === secret ? line : undefined, secret, group);
  }
  if (line) yield line;
}

function addGroup(line: SecretLine | undefined, secret: string, group: ViewBucket): SecretLine {
  const { count, first, last, distinct } = group;
  const outcome = group.key[1] as Outcome;
  const accessors = outcome === 'success' ? (distinct['subject'] ?? 0) : 0;
  if (!line) return { secret, outcomes: { ...NO_OUTCOMES, [outcome]: count }, accessors, first, last };
  return {
    secret,
    outcomes: { ...line.outcomes, [outcome]: count },
    accessors: line.accessors + accessors,
    first: line.first < first ? line.first : first,
    last: line.last > last ? line.last : last,
  };
}

function compareLines(left: SecretLine, right: SecretLine): number {
  return sumOutcomes(right.outcomes) - sumOutcomes(left.outcomes) || (left.secret < right.secret ? -1 : 1);
}
