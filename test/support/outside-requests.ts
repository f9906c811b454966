import type { ApiDescription, DescribedParameter, DescribedSchema, Place } from './api-description.js';
import { insideOf, isListed, outsideOf, type Outside, type Resolve } from './outside-bounds.js';

/** What is sent in place of what the operation needs. */
export interface Sent {
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly path?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** `NOTHING`: no body at all. */
  readonly body?: unknown;
}

export const NOTHING = Symbol('no body');

/** One request that an operation should refuse, and what is wrong with it. */
export interface OutsideRequest {
  readonly place: Place;
  readonly fault: string;
  readonly sent: Sent;
}

type Where = DescribedParameter['in'];

/** Parameters of one sort, each with values that break one of its bounds. */
export function outsideParameters(description: ApiDescription, where: Where): readonly OutsideRequest[] {
  const resolve: Resolve = (schema) => description.resolve(schema);
  return description.places.flatMap((place) =>
    parametersIn(place, where).flatMap((parameter) =>
      FAULTS[where](parameter, resolve).map(({ fault, sent }) => ({
        place,
        fault: `${parameter.name} ${fault}`,
        sent,
      })),
    ),
  );
}

/** Bodies that break one bound each. `least`: by path, what an operation takes at least. */
export function outsideBodies(
  description: ApiDescription,
  least: Readonly<Record<string, object>>,
): readonly OutsideRequest[] {
  const resolve: Resolve = (schema) => description.resolve(schema);
  return description.places.flatMap((place) => {
    const { requestBody } = place.operation;
    const schema = requestBody?.content['application/json']?.schema;
    const needed = least[place.path];
    if (!requestBody || !schema || !needed) return [];
    const nothing = requestBody.required ? [{ fault: 'nothing', value: NOTHING }] : [];
    const outside = outsideOf(schema, resolve).map(({ fault, value }) => ({ fault, value: completed(value, needed) }));
    const wrong = outside.filter(({ value }) => JSON.stringify(value) !== JSON.stringify(needed));
    return [...nothing, ...without(needed), ...wrong].map(({ fault, value }) => ({
      place,
      fault,
      sent: { body: value },
    }));
  });
}

/** Values of query parameters at their bounds, each of which is taken. */
export function edgesOf(description: ApiDescription): readonly OutsideRequest[] {
  return description.places.flatMap((place) =>
    parametersIn(place, 'query').flatMap(({ name, schema }) =>
      edges(itemsOf(schema)).map((value) => ({ place, fault: name, sent: { query: [[name, value] as const] } })),
    ),
  );
}

/** What an operation needs in its query, where nothing else is sent for it. */
export function neededQuery(
  { operation }: Place,
  sent: NonNullable<Sent['query']>,
  resolve: Resolve,
): NonNullable<Sent['query']> {
  const needed = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required === true);
  const missing = needed.filter(({ name }) => !sent.some(([other]) => other === name));
  return missing.map(({ name, schema }) => [name, textsOf(insideOf(itemsOf(schema), resolve))[0] ?? '']);
}

interface Faulty {
  readonly fault: string;
  readonly sent: Sent;
}

/** In an address and in headers everything is text: a value of another type is what its text makes of it. */
const FAULTS: Readonly<Record<Where, (parameter: DescribedParameter, resolve: Resolve) => readonly Faulty[]>> = {
  query: ({ name, schema }, resolve) => {
    const texts = [...textsOutside(schema, resolve), ...looseNumbers(itemsOf(schema))];
    const single = texts.map(({ fault, value }) => ({
      fault,
      sent: { query: textsOf(value).map((text) => [name, text] as const) },
    }));
    // A list without items is a parameter that is not sent.
    const sent = single.filter((one) => one.sent.query.length > 0);
    const twice = { fault: 'given twice', sent: { query: ['1', '1'].map((text) => [name, text] as const) } };
    return isListed(schema) ? sent : [...sent, twice];
  },
  path: ({ name, schema }, resolve) => {
    const long = { fault: 'too long', value: 'a'.repeat(Number(schema['maxLength'] ?? 0) + 1) };
    return [...textsOutside(schema, resolve), long].map(({ fault, value }) => ({
      fault,
      sent: { path: { [name]: String(value) } },
    }));
  },
  header: ({ name, schema }, resolve) =>
    textsOutside(schema, resolve).map(({ fault, value }) => ({
      fault,
      // Of the headers about a file all but its name count only with it.
      sent: { body: [], headers: { 'keytrail-file': 'a', [name.toLowerCase()]: String(value).replace('\u0001', ' ') } },
    })),
};

function parametersIn({ operation }: Place, where: Where): readonly DescribedParameter[] {
  return (operation.parameters ?? []).filter((parameter) => parameter.in === where);
}

function textsOutside(schema: DescribedSchema, resolve: Resolve): readonly Outside[] {
  return outsideOf(schema, resolve).filter(({ fault }) => !fault.includes('of type'));
}

/** Forms of numbers that JavaScript reads and no schema means. */
function looseNumbers({ type }: DescribedSchema): readonly Outside[] {
  const forms = type === 'integer' ? ['', 'x', '0x10', '1e1', ' 5', '+5'] : [];
  return forms.map((value) => ({ fault: `written ${JSON.stringify(value)}`, value }));
}

function itemsOf(schema: DescribedSchema): DescribedSchema {
  return isListed(schema) ? (schema['items'] as DescribedSchema) : schema;
}

function textsOf(value: unknown): readonly string[] {
  return [value].flat().map(String);
}

function edges({ minimum, maximum, enum: allowed }: DescribedSchema): readonly string[] {
  const bounds = [minimum, maximum].filter((bound) => typeof bound === 'number');
  return [...bounds.map(String), ...((allowed as readonly string[] | undefined) ?? [])];
}

function without(needed: object): readonly Outside[] {
  return Object.keys(needed).map((name) => ({
    fault: `without ${name}`,
    value: Object.fromEntries(Object.entries(needed).filter(([other]) => other !== name)),
  }));
}

function completed(value: unknown, needed: object): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...needed, ...value } : value;
}
