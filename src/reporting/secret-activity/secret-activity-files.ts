/** The files of a report, most wanted first: that is the order in which they are put into the PDF while there is room. */
export const REPORT_FILES = {
  accessors: { name: 'accessors.csv', description: 'Everyone who acted, with counts by what was done' },
  accesses: { name: 'accesses.csv', description: 'Who accessed which secret: counts, first and last' },
  secrets: { name: 'secrets.csv', description: 'Every secret accessed: counts, first and last' },
  failures: { name: 'failed-attempts.csv', description: 'Every failed attempt' },
  changes: { name: 'changes.csv', description: 'Every change to a secret, to access rights or to a store' },
  gained: { name: 'new-access.csv', description: 'Access not seen in the comparison period' },
  lapsed: { name: 'lapsed-access.csv', description: 'Access of the comparison period, not seen in the period' },
  events: { name: 'events.csv', description: 'Every event that this report counts, in order of time' },
} as const;

export type ReportFile = keyof typeof REPORT_FILES;

export const REPORT_FILE_NAMES = Object.keys(REPORT_FILES) as readonly ReportFile[];
