import type { DescribedSchema } from './api-description.js';

/** One value that a schema does not allow, and what is wrong with it. */
export interface Outside {
  readonly fault: string;
  readonly value: unknown;
}

export type Resolve = (schema: DescribedSchema) => DescribedSchema;

const LONGEST = 10_000;

/**
 * Values just outside what a schema allows: each breaks one bound of it. `resolve` follows references.
 */
export function outsideOf(given: DescribedSchema, resolve: Resolve): readonly Outside[] {
  const schema = resolve(given);
  if (Array.isArray(schema['oneOf'])) return outsideEach(schema['oneOf'] as readonly DescribedSchema[], resolve);
  switch (schema['type']) {
    case 'string':
      return [...wrongTypes('string'), ...outsideText(schema)];
    case 'integer':
      return [...wrongTypes('integer'), ...outsideNumber(schema)];
    case 'boolean':
      return wrongTypes('boolean');
    case 'array':
      return [...wrongTypes('array'), ...outsideList(schema, resolve)];
    case 'object':
      return [...wrongTypes('object'), ...outsideObject(schema, resolve)];
    default:
      throw new Error(`a schema without a type: ${JSON.stringify(schema)}`);
  }
}

export function isListed(schema: DescribedSchema): boolean {
  return schema['type'] === 'array';
}

const INSIDE: Readonly<Record<string, unknown>> = { string: 'a', boolean: true, array: [], object: {} };

/** A value that the schema allows; one of a form is not made up. */
export function insideOf(given: DescribedSchema, resolve: Resolve): unknown {
  const { oneOf, enum: allowed, type, minimum = 0 } = resolve(given);
  if (Array.isArray(oneOf)) return insideOf(oneOf[0] as DescribedSchema, resolve);
  if (Array.isArray(allowed)) return allowed[0];
  return type === 'integer' ? minimum : INSIDE[String(type)];
}

/** What breaks every one of the alternatives: what each of them breaks by its type, but for those that another allows. */
function outsideEach(alternatives: readonly DescribedSchema[], resolve: Resolve): readonly Outside[] {
  const types = new Set(alternatives.map((one) => resolve(one)['type']));
  const bounds = alternatives.flatMap((one) => outsideOf(one, resolve));
  return bounds.filter(({ value }) => !types.has(typeOf(value)) || !isWrongType(value));
}

const SAMPLES: Readonly<Record<string, unknown>> = { string: 'text', integer: 7, boolean: true, array: [], object: {} };

function wrongTypes(right: string): readonly Outside[] {
  const wrong = Object.entries(SAMPLES).filter(([type]) => type !== right);
  return [...wrong, ['null', null] as const].map(([type, value]) => ({ fault: `of type ${type}`, value }));
}

function isWrongType(value: unknown): boolean {
  return value === null || Object.values(SAMPLES).includes(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}

function outsideText(schema: DescribedSchema): readonly Outside[] {
  const { minLength, maxLength, enum: allowed, pattern, format } = schema;
  return [
    ...(typeof minLength === 'number' ? [{ fault: 'too short', value: 'a'.repeat(minLength - 1) }] : []),
    ...(typeof maxLength === 'number' && maxLength < LONGEST
      ? [{ fault: 'too long', value: 'a'.repeat(maxLength + 1) }]
      : []),
    ...(Array.isArray(allowed) ? [{ fault: 'not one of those', value: 'other' }] : []),
    ...(typeof pattern === 'string' ? [{ fault: 'of another form', value: '\u0001~' }] : []),
    ...(format === 'date-time' ? ['2999-01-01', 'tomorrow', '1 Jan 2999'].map(noSuch('time')) : []),
    ...(format === 'date' ? ['2026-02-30', '2026-1-1', '20260101'].map(noSuch('day')) : []),
    ...(format === 'uuid' ? ['7', 'x'.repeat(36)].map(noSuch('UUID')) : []),
  ];
}

function noSuch(what: string) {
  return (value: string): Outside => ({ fault: `no ${what}: ${value}`, value });
}

function outsideNumber({ minimum, maximum }: DescribedSchema): readonly Outside[] {
  return [
    { fault: 'with a fraction', value: 1.5 },
    ...(typeof minimum === 'number' ? [{ fault: 'too small', value: minimum - 1 }] : []),
    ...(typeof maximum === 'number' ? [{ fault: 'too large', value: maximum + 1 }] : []),
  ];
}

function outsideList(schema: DescribedSchema, resolve: Resolve): readonly Outside[] {
  const { minItems, maxItems } = schema;
  const items = schema['items'] as DescribedSchema;
  const inside = insideOf(items, resolve);
  return [
    ...(typeof minItems === 'number' && minItems > 0 ? [{ fault: 'with too few items', value: [] }] : []),
    ...(typeof maxItems === 'number'
      ? [{ fault: 'with too many items', value: Array.from({ length: maxItems + 1 }, () => inside) }]
      : []),
    ...outsideOf(items, resolve).map(({ fault, value }) => ({ fault: `with an item ${fault}`, value: [value] })),
  ];
}

function outsideObject(schema: DescribedSchema, resolve: Resolve): readonly Outside[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, DescribedSchema>>;
  const { additionalProperties } = schema;
  const nested = Object.entries(properties).flatMap(([name, property]) =>
    outsideOf(property, resolve).map(within(name)),
  );
  const unknown = additionalProperties === false ? [{ fault: 'with an unknown member', value: { unknown: 'x' } }] : [];
  const open =
    typeof additionalProperties === 'object' ? outsideOf(additionalProperties as DescribedSchema, resolve) : [];
  return [...nested, ...unknown, ...open.map(within('source'))];
}

function within(name: string) {
  return ({ fault, value }: Outside): Outside => ({ fault: `with ${name} ${fault}`, value: { [name]: value } });
}
