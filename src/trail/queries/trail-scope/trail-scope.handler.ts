import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { JsonObject } from '../../../domain/canonical-json.js';
import { KeytrailError } from '../../../domain/errors.js';
import { FILTER_PARAMETERS, readFilter } from '../../domain/read-filter.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { wordsOfFilter } from '../../domain/words-of-filter.js';
import { FilterPrivacy } from '../asking/filter-privacy.js';
import { Questions } from '../asking/questions.js';
import { TrailPoints } from '../asking/trail-points.js';
import { TrailScopeQuery, type TrailScopeView } from './trail-scope.query.js';

/** The parameter that names saved filters, beside those of `readFilter`. */
const SAVED = 'filter';

@QueryHandler(TrailScopeQuery)
export class TrailScopeHandler implements IQueryHandler<TrailScopeQuery> {
  constructor(
    private readonly questions: Questions,
    private readonly privacy: FilterPrivacy,
    private readonly points: TrailPoints,
  ) {}

  async execute({ parameters, caller }: TrailScopeQuery): Promise<TrailScopeView> {
    const { filter, saved } = read(parameters);
    const { filters } = await this.questions.prepare({ filter, saved, caller });
    if (filters.length === 0) return { filters: [], words: [] };
    const open = await Promise.all(filters.map((one) => this.#withoutNames(one)));
    const { asOf } = await this.points.now();
    const matching = await this.questions.matching(open, asOf);
    return { filters: open.map((one) => one as JsonObject), matching, words: open.flatMap(wordsOfFilter) };
  }

  /** A stored record names nobody: what can't be asked without a name is refused, never left out. */
  async #withoutNames(filter: TrailFilter): Promise<TrailFilter> {
    const { open, personal } = await this.privacy.split(filter);
    if (!personal) return open;
    const { not = {}, ...wanted } = personal;
    const terms = [...Object.keys(wanted), ...Object.keys(not).map((term) => `not.${term}`)];
    const errors = terms.map((term) => `${term}: can't be kept in a stored record, as it may name somebody`);
    throw new KeytrailError('TRAIL.INVALID_FILTER', { errors });
  }
}

function read(parameters: TrailScopeQuery['parameters']): { filter: TrailFilter; saved: readonly string[] } {
  const { [SAVED]: saved = [], ...terms } = parameters;
  const known = new Set(FILTER_PARAMETERS);
  const unknown = Object.keys(terms).filter((term) => !known.has(term));
  const answer = readFilter(terms);
  const errors = [...unknown.map((term) => `${term}: there is no such filter`), ...(answer.ok ? [] : answer.errors)];
  if (errors.length > 0 || !answer.ok) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors });
  return { filter: answer.filter, saved: [saved].flat().map(String) };
}
