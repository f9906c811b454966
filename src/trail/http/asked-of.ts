import type { Caller } from '../../domain/caller.js';
import { KeytrailError } from '../../domain/errors.js';
import { parseLogPoint, type LogPoint } from '../../domain/position.js';
import { readFilter } from '../domain/read-filter.js';
import type { TrailFilter } from '../domain/trail-filter.js';
import type { Asked, PageRequest } from '../queries/asking/asked.js';
import type { FilterDto } from './filter.dto.js';
import { DEFAULT_LIMIT } from './paging.decorator.js';

/** What a caller asks about. Throws `TRAIL.INVALID_FILTER`. */
export function askedOf(query: FilterDto, caller: Caller): Asked {
  return { filter: filterOf(Object.fromEntries(Object.entries(query))), saved: query.filter ?? [], caller };
}

/** Throws `TRAIL.INVALID_FILTER` that names every fault. */
export function filterOf(parameters: Readonly<Record<string, unknown>>): TrailFilter {
  const read = readFilter(parameters);
  if (!read.ok) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors: read.errors });
  return read.filter;
}

export function pageOf({ limit, cursor }: { readonly limit?: number; readonly cursor?: string }): PageRequest {
  return { limit: limit ?? DEFAULT_LIMIT, ...(cursor !== undefined && { cursor }) };
}

/** A log point as callers send it. Throws `TRAIL.INVALID_FILTER`. */
export function pointOf(text: string): LogPoint {
  const point = parseLogPoint(text);
  if (!point) throw new KeytrailError('TRAIL.INVALID_FILTER', { errors: ['since: must be `asOf` of an answer'] });
  return point;
}
