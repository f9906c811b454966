import { AnswersWithFile } from '../../../platform/http/schemas/answers-with-file.decorator.js';

/** Describes an export: its two forms, and the headers that say what it covers. */
export function DescribesExport(): MethodDecorator {
  return AnswersWithFile({
    mediaTypes: ['application/x-ndjson', 'text/csv'],
    description:
      'Every matching event, the oldest first, streamed. A line of NDJSON is an `Event`. The last line (NDJSON: `{"export": ...}`) or row ' +
      '(CSV: `export` in the first cell) says what it covers; without it, or with `complete` false, something is missing.',
    headers: {
      'Keytrail-As-Of': 'The log point it reflects',
      'Keytrail-Filter': 'The filters, JSON, percent-encoded; left out where that is longer than 2,000 characters',
      'Keytrail-Events': 'How many events it holds',
    },
  });
}
