import { join } from 'node:path';
import { fileError } from '../../platform/disk/file-error.js';
import { collectFacts, type OnProgress } from '../collecting/collect-facts.js';
import { ReportFolder } from '../collecting/report-folder.js';
import { TrailReader, type TrailStore } from '../collecting/trail-reader.js';
import type { RunResult } from '../domain/report-run.js';
import type { ReportTask } from '../domain/report-task.js';
import { secretActivityDocument } from '../secret-activity/secret-activity-document.js';
import { attachFiles } from './attach-files.js';
import { withDrawingProgress } from './drawing-progress.js';

const PDF_NAME = 'report.pdf';

/**
 * Makes a report of the trail in an empty folder. The same task makes the same bytes as long as the trail up to its
 * as-of point is the same. Throws `REPORTING.FAILED` where its counts do not tie out, `STORAGE.DISK_FULL` where there is
 * no room for its files.
 */
export async function makeReport(
  task: ReportTask,
  store: TrailStore,
  folder: string,
  onProgress: OnProgress,
): Promise<RunResult> {
  try {
    return await make(task, { store, folder, onProgress });
  } catch (error) {
    throw fileError(error, 'reports');
  }
}

interface Making {
  readonly store: TrailStore;
  readonly folder: string;
  readonly onProgress: OnProgress;
}

async function make(task: ReportTask, { store, folder, onProgress }: Making): Promise<RunResult> {
  const files = new ReportFolder(folder);
  const facts = await collectFacts(task, new TrailReader(store), files, onProgress);
  const { attachments, stored } = attachFiles(files.close());
  onProgress('drawing', 0);
  const document = withDrawingProgress(secretActivityDocument(facts, attachments), (share) => {
    onProgress('drawing', share);
  });
  // Loaded only now, so that what draws and what collects are not in memory together.
  const { writePdfFile } = await import('./pdf-file.js');
  const { bytes, pages, sha256 } = await writePdfFile(join(folder, PDF_NAME), document);
  onProgress('storing', 0);
  return { pdf: { name: PDF_NAME, bytes, pages, sha256 }, attachments: stored, events: facts.counts.events };
}
