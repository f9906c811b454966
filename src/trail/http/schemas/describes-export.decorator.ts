import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';

const header = (description: string) => ({ description, schema: { type: 'string' } as const });

/** Describes an export: its two forms, and the headers that say what it covers. */
export function DescribesExport(): MethodDecorator {
  return applyDecorators(
    ApiProduces('application/x-ndjson', 'text/csv'),
    ApiOkResponse({
      description:
        'Every matching event, the oldest first, streamed. The last line (NDJSON: `{"export": ...}`) or row (CSV: `export` in ' +
        'the first cell) says what it covers; without it, or with `complete` false, something is missing.',
      schema: { type: 'string' },
      headers: {
        'Keytrail-As-Of': header('The log point it reflects'),
        'Keytrail-Filter': header(
          'The filters, JSON, percent-encoded; left out where that is longer than 2,000 characters',
        ),
        'Keytrail-Events': header('How many events it holds'),
      },
    }),
  );
}
