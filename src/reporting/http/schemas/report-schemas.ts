import { ERRORS } from '../../../domain/errors.js';
import {
  count,
  described,
  flag,
  list,
  named,
  object,
  oneOf,
  sha256,
  text,
  time,
  titled,
  uuid,
} from '../../../platform/http/schemas/schema.js';
import { REPORT_KINDS, RUN_PHASES, RUN_STATUSES } from '../../domain/report-run.js';

export const REPORT_ID = described(uuid, 'Id of a report');

const FILE = { name: text('Name of the file'), sha256, bytes: count } as const;

export const REPORT = titled(
  'Report',
  object(
    {
      id: REPORT_ID,
      kind: oneOf(REPORT_KINDS),
      from: described(time, 'Begin of the period, which belongs to it'),
      to: described(time, 'End of the period, which does not belong to it'),
      filters: list(named('TrailFilter'), 'All of which hold; none: everything'),
      named: described(flag, 'Names stand beside the subject ids'),
      status: oneOf(RUN_STATUSES),
      phase: oneOf(RUN_PHASES, 'What its making is busy with, in this order'),
      progress: { type: 'number', minimum: 0, maximum: 1 },
      requestedBy: text('Subject of whoever asked for it'),
      requestedAt: time,
    },
    {
      startedAt: time,
      finishedAt: time,
      asOf: text('The log point that it reflects'),
      version: text('Version of Keytrail that makes it'),
      events: described(count, 'Events that it covers'),
      pdf: object({ ...FILE, pages: count }),
      attachments: list(
        object({ ...FILE, rows: count, embedded: described(flag, 'In the PDF itself; beside it otherwise') }),
      ),
      error: oneOf(Object.keys(ERRORS), 'Why it failed; of one that waits, why it was put off'),
    },
  ),
);

export const REPORTS = object(
  { reports: list(REPORT, 'The newest first') },
  { next: text('The cursor of the next page; absent on the last') },
);
