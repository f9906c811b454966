import { Query } from '@nestjs/cqrs';
import type { Asked } from '../asking/asked.js';
import type { ExportFormatName } from './export-format.js';

/** An export that is recorded and may begin. */
export interface ExportAnswer {
  readonly mediaType: string;
  /** `keytrail-events-2026-11-22.csv`: no name, no filter. */
  readonly fileName: string;
  readonly asOf: string;
  /** The filters as JSON. */
  readonly filters: string;
  /** How many events it holds. */
  readonly events: number;
  /**
   * The text, piece by piece, read from the store as it is taken. It ends with the statement of what it covers. When it
   * can't be finished, the statement says so and the stream fails.
   */
  readonly content: AsyncIterable<string>;
}

/** All matching events as of now, the oldest first. It is recorded with its count before the first byte goes out. */
export class ExportEventsQuery extends Query<ExportAnswer> {
  constructor(
    readonly asked: Asked,
    readonly format: ExportFormatName,
  ) {
    super();
  }
}
