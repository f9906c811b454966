import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CsvFile, type WrittenFile } from '../files/csv-file.js';
import type { CsvTable } from '../secret-activity/csv-tables.js';
import { REPORT_FILES, type ReportFile } from '../secret-activity/secret-activity-files.js';

/** One CSV file of a report, with lines of one kind. */
export interface ReportCsv<Line> {
  add(line: Line): void;
}

/** The CSV files of one run in one folder, readable by the owner alone. No name in it says anything about a person. */
export class ReportFolder {
  readonly #open = new Map<ReportFile, CsvFile>();

  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  /** Begins the file anew. */
  csv<Line>(file: ReportFile, table: CsvTable<Line>): ReportCsv<Line> {
    const csv = new CsvFile(join(this.path, REPORT_FILES[file].name), table.header);
    this.#open.set(file, csv);
    return {
      add: (line) => {
        csv.add(table.cells(line));
      },
    };
  }

  /** Makes the files durable and tells of them. */
  close(): ReadonlyMap<ReportFile, WrittenFile> {
    const written = new Map([...this.#open].map(([file, csv]) => [file, csv.close()]));
    this.#open.clear();
    return written;
  }
}
