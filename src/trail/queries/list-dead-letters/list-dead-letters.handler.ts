import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { ReadStore, type ViewPage, type ViewQuery } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { DEAD_LETTERS, type DeadLetterBody } from '../../dead-letter.view.js';
import { formatCursor, readCursor } from '../../domain/cursor.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { QuestionRecord } from '../asking/question-record.js';
import { TrailPoints } from '../asking/trail-points.js';
import { ListDeadLettersQuery, type DeadLettersAnswer, type DeadLettersRequest } from './list-dead-letters.query.js';
import { presentDeadLetter } from './present-dead-letter.js';

@QueryHandler(ListDeadLettersQuery)
export class ListDeadLettersHandler implements IQueryHandler<ListDeadLettersQuery> {
  constructor(
    private readonly store: ReadStore,
    private readonly points: TrailPoints,
    private readonly record: QuestionRecord,
  ) {}

  async execute({ request, caller }: ListDeadLettersQuery): Promise<DeadLettersAnswer> {
    const { limit, cursor, ...question } = request;
    const after = cursor === undefined ? undefined : placeOf(cursor, question);
    const at = await this.points.reachedBy([DEAD_LETTERS.name]);
    const identities = caller.principal.permissions.has('identities:read');
    const facts = { caller, query: 'dead-letters', filters: [recorded(request)], identities, asOf: at.asOf };
    const search: ViewQuery = {
      view: DEAD_LETTERS.name,
      filter: filterOf(request),
      limit: limit + 1,
      ...(after && { after }),
    };
    const [answer, found] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask(facts, () => this.store.query(search)),
    ]);
    return { ...present(found, limit, identities), ...nextOf(found, limit, question), ...answer };
  }
}

function present(found: ViewPage, limit: number, identities: boolean): Pick<DeadLettersAnswer, 'deadLetters'> {
  const bodies = found.documents.slice(0, limit).map(({ body }) => JSON.parse(body) as DeadLetterBody);
  return { deadLetters: bodies.map(({ document }) => presentDeadLetter(document, identities)) };
}

/** Letters keep their place and change their state, so pages follow each other by place alone. */
function nextOf({ documents, asOf }: ViewPage, limit: number, question: object): { readonly next?: string } {
  const last = documents.length > limit ? documents[limit - 1] : undefined;
  return last ? { next: formatCursor({ asOf, askedAt: 0, after: [last.time, last.id] }, question) } : {};
}

function placeOf(cursor: string, question: object): { readonly time: string; readonly id: string } {
  const [time, id] = readCursor(cursor, question).after;
  if (typeof time !== 'string' || typeof id !== 'string') throw new KeytrailError('TRAIL.INVALID_CURSOR');
  return { time, id };
}

function filterOf({ state, sources, instances, reasons }: DeadLettersRequest): ViewFilter {
  const lists = { kind: sources, instance: instances, reason: reasons };
  const parts = Object.entries(lists).flatMap(([field, values]) => (values ? [{ field, in: values }] : []));
  return { all: [...(state === 'all' ? [] : [{ field: 'state', is: state }]), ...parts] };
}

function recorded({ sources, instances }: DeadLettersRequest): TrailFilter {
  return { ...(sources && { source: sources }), ...(instances && { instance: instances }) };
}
