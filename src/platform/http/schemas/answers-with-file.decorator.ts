import { ApiResponse } from '@nestjs/swagger';

interface DescribedFile {
  readonly mediaTypes: readonly string[];
  readonly description: string;
  /** Headers that tell of the file, with what each says. */
  readonly headers?: Readonly<Record<string, string>>;
  /** It is bytes, not text. */
  readonly binary?: boolean;
}

const SAVE_AS = { 'Content-Disposition': 'The name to save it under' };

/** Describes a route's answer that is to be saved as a file. */
export function AnswersWithFile({ mediaTypes, description, headers, binary }: DescribedFile): MethodDecorator {
  const schema = { type: 'string', ...(binary && { format: 'binary' }) } as const;
  return ApiResponse({
    status: 200,
    description,
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema }])),
    headers: Object.fromEntries(Object.entries({ ...SAVE_AS, ...headers }).map(([name, says]) => [name, header(says)])),
  });
}

function header(description: string) {
  return { description, schema: { type: 'string' } as const };
}
