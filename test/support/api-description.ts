import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type DescribedSchema = Readonly<Record<string, unknown>>;

export interface DescribedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: DescribedSchema;
}

type Content = Readonly<Record<string, { readonly schema: DescribedSchema }>>;

export interface DescribedOperation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly DescribedParameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, DescribedSchema>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

/** One operation and where it is. */
export interface Place {
  /** Upper case. */
  readonly method: string;
  /** The template. */
  readonly path: string;
  readonly operation: DescribedOperation;
}

export interface HeldAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const IDENTIFIER = 'https://keytrail.test/openapi.json';

/** The API's description as it is served, and answers held against it: a field that is not described is a fault. */
export class ApiDescription {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #held = new Set<string>();

  constructor(readonly document: Described) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(closed(document) as object, IDENTIFIER);
  }

  get places(): readonly Place[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  /** `GET /v1/keys 200`: the answers that were held. */
  get held(): ReadonlySet<string> {
    return this.#held;
  }

  /** The operation that a path (without its query) is answered by. */
  find(method: string, path: string): Place | undefined {
    const matching = this.places.filter((place) => place.method === method && matches(place.path, path));
    return matching.find((place) => place.path === path) ?? matching[0];
  }

  /** The schema behind a reference into the document. */
  resolve(schema: DescribedSchema): DescribedSchema {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    const parts = $ref.slice('#/'.length).split('/');
    return parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], this.document) as DescribedSchema;
  }

  /** Throws when the operation does not describe such an answer. */
  hold({ method, path, operation }: Place, { status, headers, text }: HeldAnswer): void {
    const answer = `${method} ${path} ${status}`;
    const response = operation.responses[String(status)];
    if (!response) throw new Error(`${answer} is not described: ${text.slice(0, 500)}`);
    if (typeof headers['x-request-id'] !== 'string') throw new Error(`${answer} has no request id`);
    this.#held.add(answer);
    const type = mediaType(headers['content-type']);
    if (!response.content) {
      if (text !== '') throw new Error(`${answer} has content that is not described`);
      return;
    }
    if (!response.content[type]) throw new Error(`${answer} is not described as ${type}`);
    if (!type.endsWith('json') || type.includes('ndjson')) return;
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const faults = this.#faultsOf(pointer, JSON.parse(text));
    if (faults !== undefined) throw new Error(`${answer} is not as described: ${faults}; ${text.slice(0, 1_000)}`);
  }

  /** Throws when the value is not as the component of that name has it. */
  holdComponent(name: string, value: unknown): void {
    const faults = this.#faultsOf(['components', 'schemas', name], value);
    if (faults !== undefined) throw new Error(`this is no ${name}: ${faults}`);
  }

  #faultsOf(pointer: readonly string[], value: unknown): string | undefined {
    const $ref = `${IDENTIFIER}#/${pointer.map(escaped).join('/')}`;
    const validate = this.#ajv.getSchema($ref) ?? this.#ajv.compile({ $ref });
    return validate(value) === true ? undefined : this.#ajv.errorsText(validate.errors);
  }
}

/** Every object takes exactly the members that are named, also where the document leaves it open to others. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([name, member]) => [name, closed(member)]));
  const isObject = typeof members['properties'] === 'object' && members['type'] !== undefined;
  const isRefined = typeof members['properties'] === 'object' && Array.isArray(members['allOf']);
  if ((!isObject && !isRefined) || 'additionalProperties' in members) return members;
  return { ...members, unevaluatedProperties: false };
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function mediaType(header: unknown): string {
  return typeof header === 'string' ? (header.split(';', 1)[0] ?? '') : '';
}

function matches(template: string, path: string): boolean {
  const pattern = template.replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}
