import { Module } from '@nestjs/common';
import { CancelReportHandler } from './commands/cancel-report/cancel-report.handler.js';
import { RequestReportHandler } from './commands/request-report/request-report.handler.js';
import { ReportsController } from './http/reports.controller.js';
import { ReportFileHandler } from './queries/report-file/report-file.handler.js';
import { ReportRunHandler } from './queries/report-run/report-run.handler.js';
import { ReportRunsHandler } from './queries/report-runs/report-runs.handler.js';
import { ReportFiles } from './runs/report-files.js';
import { ReportMaker } from './runs/report-maker.js';
import { ReportQueue } from './runs/report-queue.js';
import { ReportRuns } from './runs/report-runs.js';
import { ReportThreads } from './runs/report-threads.js';
import { Requesters } from './runs/requesters.js';
import { StartPoint } from './runs/start-point.js';

/** Reports of the trail: asked for, made one at a time off the HTTP thread, kept with their record, given out. */
@Module({
  controllers: [ReportsController],
  providers: [
    CancelReportHandler,
    ReportFileHandler,
    ReportFiles,
    ReportMaker,
    ReportQueue,
    ReportRunHandler,
    ReportRuns,
    ReportRunsHandler,
    ReportThreads,
    RequestReportHandler,
    Requesters,
    StartPoint,
  ],
})
export class ReportingModule {}
