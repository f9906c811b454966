import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../platform/clock.js';
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

@QueryHandler(CoverageQuery)
export class CoverageHandler implements IQueryHandler<CoverageQuery> {
  constructor(
    private readonly facts: CoverageFacts,
    private readonly points: TrailPoints,
    private readonly record: QuestionRecord,
    private readonly clock: Clock,
  ) {}

  async execute({ request, caller }: CoverageQuery): Promise<CoverageAnswer> {
    const at = await this.points.now();
    const facts = { caller, query: 'coverage', filters: [coverageFilter(request)], identities: false, asOf: at.asOf };
    const [answer, [sources, interruptions]] = await Promise.all([
      this.points.answer(at.asOf),
      this.record.ask(facts, () => Promise.all([this.#sources(request, at), this.facts.interruptions(request, at)])),
    ]);
    return { sources, interruptions, notSeen: notSeen(sources, interruptions), ...answer };
  }

  async #sources(request: CoverageRequest, at: AskedAt): Promise<readonly SourceCoverageAnswer[]> {
    const [sources, unknown, letters] = await Promise.all([
      this.facts.sources(request),
      this.facts.unknownOutcomes(request, at),
      this.facts.openDeadLetters(),
    ]);
    const now = this.clock.now().getTime();
    return sources.map((source) => {
      const key = sourceKey(source);
      const counts = { unknownOutcomes: unknown.get(key) ?? 0, openDeadLetters: letters.get(key) ?? 0 };
      return coverSource(source, { period: request, now, ...counts });
    });
  }
}
