import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { formatLogPoint } from '../../../domain/position.js';
import { utcDate } from '../../../domain/timestamp.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import { TRAIL_EVENTS, withinScope } from '../../trail-event.view.js';
import { QuestionRecord } from '../asking/question-record.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { ExportEventsQuery, type ExportAnswer } from './export-events.query.js';
import { exportFormat } from './export-format.js';
import { ExportRun } from './export-run.js';

@QueryHandler(ExportEventsQuery)
export class ExportEventsHandler implements IQueryHandler<ExportEventsQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly points: TrailPoints,
    private readonly record: QuestionRecord,
    private readonly store: ReadStore,
  ) {}

  async execute({ asked, format }: ExportEventsQuery): Promise<ExportAnswer> {
    const question = await this.questions.prepare(asked);
    const { filters, identities } = question;
    const at = await this.points.now();
    const inFilters = await this.questions.matching(filters, at.asOf);
    const matching = { all: [inFilters, withinScope(this.points.scopeOf(at))] };
    const events = await this.store.count(TRAIL_EVENTS.name, matching);
    const facts = { ...question, query: 'events', asOf: at.asOf };
    await this.record.record('keytrail.exported', facts, { format, events });
    const asOf = formatLogPoint(at.asOf);
    const writer = exportFormat(format, identities);
    const run = new ExportRun(this.store, matching, writer, { asOf, filters, identities, events });
    return {
      mediaType: writer.mediaType,
      fileName: `keytrail-events-${utcDate(at.askedAt)}.${format}`,
      asOf,
      filters: JSON.stringify(filters),
      events,
      content: run.content(),
    };
  }
}
