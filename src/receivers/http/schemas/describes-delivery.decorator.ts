import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { AnswersWith } from '../../../platform/http/schemas/answers-with.decorator.js';
import { RECORDING_ERRORS } from '../../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../../platform/http/schemas/fails-with.decorator.js';
import { RECORDED } from './recorded-schemas.js';

const PAIRS = '^([0-9]{1,15}%[0-9]{1,15}(,[0-9]{1,15}%[0-9]{1,15})*)?$';

/** What a delivery's headers say of it; `deliveryHeaders` reads them. */
const HEADERS = {
  'Idempotency-Key': {
    description: 'Makes one record without an id of its own the same event at every retry',
    schema: { type: 'string', maxLength: 256 },
  },
  'Keytrail-File': {
    description:
      'Name of the file that the records come from, percent-encoded; must stand with the headers that follow',
    schema: { type: 'string', maxLength: 3_072 },
  },
  'Keytrail-File-Line': {
    description: 'Line of the first record in the file',
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999_999_999, default: 1 },
  },
  'Keytrail-File-Byte': {
    description: 'Where the first record begins in the file, decompressed',
    schema: { type: 'integer', minimum: 0, maximum: 999_999_999_999_999, default: 0 },
  },
  'Keytrail-File-Steps': {
    description: 'Lines and bytes from each record to the next: `1:20,2:31`',
    schema: { type: 'string', pattern: PAIRS.replaceAll('%', ':') },
  },
  'Keytrail-Repeated': {
    description: 'Records whose equal stood earlier in the file, and how often: `17=2,45=3`',
    schema: { type: 'string', pattern: PAIRS.replaceAll('%', '=') },
  },
  'Keytrail-Too-Long': {
    description: 'Records too long to be sent, `null` in the body, and their bytes: `4=9000000`',
    schema: { type: 'string', pattern: PAIRS.replaceAll('%', '=') },
  },
  'Keytrail-Retries': {
    description: 'Dead letters that the records are second attempts for; needs `dead_letters:write`',
    schema: { type: 'string', pattern: '^([0-9A-Za-z-]{1,64}(,[0-9A-Za-z-]{1,64})*)?$' },
  },
} as const;

/** Describes what a delivery of records takes and answers. */
export function DescribesDelivery(): MethodDecorator {
  return applyDecorators(
    ...Object.entries(HEADERS).map(([name, header]) => ApiHeader({ name, required: false, ...header })),
    AnswersWith(RECORDED, 'Everything that was understood is durable, at the positions named'),
    FailsWith(...RECORDING_ERRORS, 'INGESTION.UNREADABLE_BODY', 'INGESTION.UNKNOWN_SOURCE'),
  );
}
