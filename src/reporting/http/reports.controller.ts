import { createReadStream } from 'node:fs';
import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { RecordEventsCommand } from '../../ingestion/commands/record-events/record-events.command.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { AnswersWithFile } from '../../platform/http/schemas/answers-with-file.decorator.js';
import { RECORDING_ERRORS, STORE_ERRORS, VIEW_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { PathText } from '../../platform/http/schemas/path-text.decorator.js';
import { text } from '../../platform/http/schemas/schema.js';
import { CancelReportCommand } from '../commands/cancel-report/cancel-report.command.js';
import { RequestReportCommand } from '../commands/request-report/request-report.command.js';
import { ReportFileQuery } from '../queries/report-file/report-file.query.js';
import { ReportRunQuery } from '../queries/report-run/report-run.query.js';
import { ReportRunsQuery, type ReportRunsPage } from '../queries/report-runs/report-runs.query.js';
import type { ReportRunView } from '../report-run.view.js';
import { DEFAULT_LIMIT, ReportPageDto } from './report-page.dto.js';
import { RequestReportDto } from './request-report.dto.js';
import { REPORT, REPORT_ID, REPORTS } from './schemas/report-schemas.js';

const FILE_ERRORS = [
  ...RECORDING_ERRORS,
  'REPORTING.REPORT_NOT_FOUND',
  'REPORTING.NOT_FINISHED',
  'REPORTING.NOT_MADE',
  'REPORTING.FILE_LOST',
] as const;

@ApiTags('reports')
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @ApiOperation({ summary: 'Have a report made; its record tells how far it is' })
  @AnswersWith(REPORT, 'Its record', 202)
  @FailsWith(
    ...VIEW_ERRORS,
    'STORAGE.VERSION_CONFLICT',
    'TRAIL.INVALID_FILTER',
    'TRAIL.FILTER_NOT_FOUND',
    'REPORTING.TOO_MANY_WAITING',
  )
  @Requires('reports:create')
  @HttpCode(202)
  @Post()
  request(@Body() body: RequestReportDto, @CurrentCaller() caller: Caller): Promise<ReportRunView> {
    const { kind, from, to, filters = {}, named = false } = body;
    return this.commands.execute(new RequestReportCommand({ kind, from, to, filters, named }, caller));
  }

  @ApiOperation({ summary: 'All reports, newest first' })
  @AnswersWith(REPORTS, 'One page of records')
  @FailsWith(...RECORDING_ERRORS)
  @Requires('reports:read')
  @Get()
  list(
    @Query() { cursor, limit = DEFAULT_LIMIT }: ReportPageDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ReportRunsPage> {
    const page = { limit, ...(cursor !== undefined && { cursor }) };
    return this.#recorded('reports', this.queries.execute(new ReportRunsQuery(page)), caller);
  }

  /** How far a run is tells nothing of the trail; what a finished one covers does, and is recorded as a question. */
  @ApiOperation({ summary: 'The record of one report: status, progress, and what was made' })
  @PathText('id', REPORT_ID)
  @AnswersWith(REPORT, 'Its record')
  @FailsWith(...RECORDING_ERRORS, 'REPORTING.REPORT_NOT_FOUND')
  @Requires('reports:read')
  @Get(':id')
  async get(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<ReportRunView> {
    const run = await this.queries.execute(new ReportRunQuery(id));
    return run.status === 'done' ? this.#recorded('report', Promise.resolve(run), caller) : run;
  }

  @ApiOperation({ summary: 'Stop a report that is not finished; a finished one stays as it is' })
  @PathText('id', REPORT_ID)
  @AnswersWith(REPORT, 'Its record')
  @FailsWith(...STORE_ERRORS, 'STORAGE.VERSION_CONFLICT', 'REPORTING.REPORT_NOT_FOUND')
  @Requires('reports:create')
  @HttpCode(200)
  @Post(':id/cancel')
  cancel(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<ReportRunView> {
    return this.commands.execute(new CancelReportCommand(id, caller));
  }

  @ApiOperation({ summary: 'The report as PDF; a named one needs identities:read' })
  @PathText('id', REPORT_ID)
  @AnswersWithFile({ mediaTypes: ['application/pdf'], description: 'The file', binary: true })
  @FailsWith(...FILE_ERRORS)
  @Requires('reports:read')
  @Get(':id/pdf')
  pdf(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<StreamableFile> {
    return this.#file(new ReportFileQuery(id, 'pdf', caller));
  }

  @ApiOperation({ summary: 'A file that belongs to the report, also one that is too large to be in the PDF' })
  @PathText('id', REPORT_ID)
  @PathText('name', text('`name` of one of the attachments'))
  @AnswersWithFile({ mediaTypes: ['text/csv'], description: 'The file' })
  @FailsWith(...FILE_ERRORS)
  @Requires('reports:read')
  @Get(':id/attachments/:name')
  attachment(
    @Param('id') id: string,
    @Param('name') name: string,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    return this.#file(new ReportFileQuery(id, { attachment: name }, caller));
  }

  async #file(query: ReportFileQuery): Promise<StreamableFile> {
    const { path, name, mime, bytes } = await this.queries.execute(query);
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(createReadStream(path), { type: mime, disposition, length: bytes });
  }

  /** No answer leaves unless its question is on the log. */
  async #recorded<Answer>(query: string, answer: Promise<Answer>, caller: Caller): Promise<Answer> {
    const details = { query, identities: false };
    const [answered] = await Promise.all([
      answer,
      this.commands.execute(
        new RecordEventsCommand(
          { form: 'own', events: [{ action: 'keytrail.queried', outcome: 'success', details }] },
          caller,
        ),
      ),
    ]);
    return answered;
  }
}
