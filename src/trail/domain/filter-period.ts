import { parseTimestamp } from '../../domain/timestamp.js';
import type { TrailFilter } from './trail-filter.js';

/** The period that all filters leave, milliseconds since 1970, `to` exclusive; open where none says. */
export function periodOf(filters: readonly TrailFilter[]): { readonly from?: number; readonly to?: number } {
  const from = filters.flatMap((filter) => milliseconds(filter.from));
  const to = filters.flatMap((filter) => milliseconds(filter.to));
  return {
    ...(from.length > 0 && { from: Math.max(...from) }),
    ...(to.length > 0 && { to: Math.min(...to) }),
  };
}

function milliseconds(text: string | undefined): readonly number[] {
  const time = text === undefined ? undefined : parseTimestamp(text);
  return time ? [time.milliseconds] : [];
}
