/** A JSON schema (2020-12, as OpenAPI 3.1 has it) in the few forms that answers need. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly [keyword: string]: unknown;
}

/** An object with exactly these members; those named in `optional` may be absent. */
export function object(
  members: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    required: Object.keys(members),
    properties: { ...members, ...optional },
    additionalProperties: false,
  };
}

/** A schema with a name of its own: the description holds it once, and refers to it. */
export function titled(title: string, schema: Schema): Schema {
  return { title, ...schema };
}

/** A schema that is titled so elsewhere. */
export function named(title: string): Schema {
  return { $ref: `#/components/schemas/${title}` };
}

export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

export function list(items: Schema, description?: string): Schema {
  return { type: 'array', items, ...(description !== undefined && { description }) };
}

export function mapOf(values: Schema, description?: string): Schema {
  return { type: 'object', additionalProperties: values, ...(description !== undefined && { description }) };
}

export function text(description?: string): Schema {
  return { type: 'string', ...(description !== undefined && { description }) };
}

export function matching(pattern: RegExp, description?: string): Schema {
  return { ...text(description), pattern: pattern.source };
}

export function oneOf(values: readonly string[], description?: string): Schema {
  return { ...text(description), enum: [...values] };
}

export function orNull(schema: Schema): Schema {
  return { ...schema, type: [schema.type as string, 'null'] };
}

export const count: Schema = { type: 'integer', minimum: 0 };
export const flag: Schema = { type: 'boolean' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const day: Schema = { type: 'string', format: 'date' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
/** What callers give as a moment: a day, which stands for its first moment (UTC), or an RFC 3339 time. */
export const MOMENT =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,30})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$/;
/** SHA-256, lower-case hexadecimal. */
export const sha256: Schema = matching(/^[0-9a-f]{64}$/);
export const position: Schema = titled('Position', object({ epoch: count, partition: count, offset: count }));
/** Anything an object may hold: closed by its action, not by the answer. */
export const anyObject: Schema = { type: 'object', additionalProperties: true };
