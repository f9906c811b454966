import { canonicalJson } from '../../../domain/canonical-json.js';
import { csvLine } from '../../domain/csv.js';
import { escapeHidden } from '../../../domain/hidden-text.js';
import { presentEvent } from '../../domain/presented-event.js';
import type { TrailFilter } from '../../domain/trail-filter.js';
import type { TrailEventBody } from '../../trail-event.view.js';
import { eventColumns, eventRow } from './event-row.js';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormatName = (typeof EXPORT_FORMATS)[number];

/** What an export covers: the last thing in it. Without it, or with `complete: false`, something is missing. */
export interface ExportStatement {
  /** The log point up to which everything that matches is here. */
  readonly asOf: string;
  readonly filters: readonly TrailFilter[];
  readonly identities: boolean;
  readonly events: number;
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly missing?: string;
}

/** How an export is written: a head, an event each, a statement at the end. */
export interface ExportFormat {
  readonly mediaType: string;
  head(): string;
  event(body: TrailEventBody): string;
  tail(statement: ExportStatement): string;
}

export function exportFormat(name: ExportFormatName, identities: boolean): ExportFormat {
  return name === 'csv' ? csv(identities) : ndjson(identities);
}

/** One JSON text a line, exact. The statement is the last line, `{"export": {...}}`. */
function ndjson(identities: boolean): ExportFormat {
  return {
    mediaType: 'application/x-ndjson; charset=utf-8',
    head: () => '',
    event: (body) => escapeHidden(JSON.stringify(presentEvent(body, identities))) + '\n',
    tail: (statement) => escapeHidden(JSON.stringify({ export: statement })) + '\n',
  };
}

/** RFC 4180 with a header. The statement is the last row: `export` in the first cell, its JSON in the second. */
function csv(identities: boolean): ExportFormat {
  const columns = eventColumns(identities);
  return {
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: () => csvLine(columns),
    event: (body) => csvLine(eventRow(presentEvent(body, identities), identities)),
    tail: (statement) =>
      csvLine(['export', escapeHidden(canonicalJson(statement)), ...Array<string>(columns.length - 2).fill('')]),
  };
}
