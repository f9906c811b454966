import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';

/** A finished file and what a browser must know of it. */
export interface ReportFileView {
  readonly path: string;
  /** As the receiver may keep it: no personal data in it. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * A file of a run, recorded as downloaded before it is given out: the PDF, or an attachment by its name.
 * @throws KeytrailError REPORTING.REPORT_NOT_FOUND, REPORTING.NOT_FINISHED, ACCESS.DENIED for a named report without
 * `identities:read`
 */
export class ReportFileQuery extends Query<ReportFileView> {
  constructor(
    readonly id: string,
    readonly file: 'pdf' | { readonly attachment: string },
    readonly caller: Caller,
  ) {
    super();
  }
}
