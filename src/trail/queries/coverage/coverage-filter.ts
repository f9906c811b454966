import { utcDate } from '../../../domain/timestamp.js';
import { dayNumber, dayStart } from '../../domain/days.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import type { CoverageRequest } from './coverage.query.js';

/** The trail's events that a coverage answer is about. */
export function coverageFilter({ from, to, sources, instances }: CoverageRequest): TrailFilter {
  return {
    ...(sources && { source: sources }),
    ...(instances && { instance: instances }),
    ...(from !== undefined && { from: `${from}T00:00:00Z` }),
    ...(to !== undefined && { to: `${utcDate(dayStart(dayNumber(to) + 1))}T00:00:00Z` }),
  };
}
