import type { ActivityRow } from '../domain/activity-row.js';
import { ActivityTally, type ActivityCounts } from '../domain/activity-tally.js';
import type { SourceTally } from '../domain/source-activity.js';
import { PRINTED_ROWS } from '../pdf/report-document.js';
import { eventTable } from '../secret-activity/csv-tables.js';
import type { Listing } from '../secret-activity/secret-activity-facts.js';
import type { ReportCsv, ReportFolder } from './report-folder.js';

export interface CollectedEvents {
  readonly counts: ActivityCounts;
  readonly failures: Listing<ActivityRow>;
  readonly changes: Listing<ActivityRow>;
}

export interface EventScope {
  readonly named: boolean;
  /** Sort key of the period's end. */
  readonly lateFrom: string;
  /** Folds the same events; absent where they are not all of the period. */
  readonly sources?: SourceTally;
}

/** Reads every event of the report once, in order of time: counts it, writes it into the files, keeps what is printed. */
export async function collectEvents(
  pages: AsyncIterable<readonly ActivityRow[]>,
  folder: ReportFolder,
  scope: EventScope,
  onRead: (events: number) => void,
): Promise<CollectedEvents> {
  const tally = new ActivityTally(scope.lateFrom);
  const table = eventTable(scope.named);
  const events = folder.csv('events', table);
  const failures = new EventList(folder.csv('failures', table));
  const changes = new EventList(folder.csv('changes', table));
  for await (const page of pages) {
    for (const row of page) {
      tally.add(row);
      scope.sources?.add(row);
      events.add(row);
      if (row.entry.outcome === 'failure' && !row.echo) failures.add(row);
      if (row.group === 'change' || row.group === 'rights') changes.add(row);
    }
    onRead(page.length);
  }
  return {
    counts: tally.counts(),
    failures: failures.listing(),
    changes: changes.listing(),
  };
}

/** All rows go into the file, the first ones are kept to be printed. */
class EventList {
  readonly #lines: ActivityRow[] = [];
  #total = 0;

  constructor(private readonly csv: ReportCsv<ActivityRow>) {}

  add(row: ActivityRow): void {
    this.#total += 1;
    this.csv.add(row);
    if (this.#lines.length < PRINTED_ROWS) this.#lines.push(row);
  }

  listing(): Listing<ActivityRow> {
    return { lines: this.#lines, total: this.#total };
  }
}
