import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { KeytrailError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock.js';
import { DEAD_LETTERS } from '../../dead-letter.view.js';
import { SOURCE_COVERAGE } from '../../source-coverage.view.js';
import { TRAIL_EVENTS } from '../../trail-event.view.js';
import type { AskedAt } from '../asking/asked.js';
import { QuestionRecord } from '../asking/question-record.js';
import { TrailPoints } from '../asking/trail-points.js';
import { coverSource } from './cover-source.js';
import { CoverageFacts, sourceKey } from './coverage-facts.js';
import { coverageFilter } from './coverage-filter.js';
import {
  CoverageQuery,
  type CoverageAnswer,
  type CoverageRequest,
  type SourceCoverageAnswer,
} from './coverage.query.js';
import { notSeen } from './not-seen.js';
import { periodFaults } from './period-faults.js';

/** What coverage is told from. */
const VIEWS = [TRAIL_EVENTS.name, SOURCE_COVERAGE.name, DEAD_LETTERS.name] as const;

@QueryHandler(CoverageQuery)
export class CoverageHandler implements IQueryHandler<CoverageQuery> {
  constructor(
    private readonly facts: CoverageFacts,
    private readonly points: TrailPoints,
    private readonly record: QuestionRecord,
    private readonly clock: Clock,
  ) {}

  async execute({ request, caller }: CoverageQuery): Promise<CoverageAnswer> {
    const errors = periodFaults(request, this.clock.now().getTime());
    if (errors.length > 0) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors });
    const at = await this.points.reachedBy(VIEWS);
    const facts = { caller, query: 'coverage', filters: [coverageFilter(request)], identities: false, asOf: at.asOf };
    const [answer, [sources, interruptions, doubles]] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask(facts, () =>
        Promise.all([
          this.#sources(request, at),
          this.facts.interruptions(request, at),
          this.facts.firstDoubles(request),
        ]),
      ),
    ]);
    return { sources, interruptions, doubles, notSeen: notSeen(sources, interruptions), ...answer };
  }

  async #sources(request: CoverageRequest, at: AskedAt): Promise<readonly SourceCoverageAnswer[]> {
    const [sources, unknown, letters, doubles] = await Promise.all([
      this.facts.sources(request),
      this.facts.unknownOutcomes(request, at),
      this.facts.openDeadLetters(),
      this.facts.doubles(request),
    ]);
    const now = this.clock.now().getTime();
    return sources.map((source) => {
      const key = sourceKey(source);
      const counts = {
        unknownOutcomes: unknown.get(key) ?? 0,
        openDeadLetters: letters.get(key) ?? 0,
        doubles: doubles.get(key) ?? 0,
      };
      return coverSource(source, { period: request, now, ...counts });
    });
  }
}
