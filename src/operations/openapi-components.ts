import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** A description whose titled schemas stand once, in `schemas`, and are referred to. */
export interface Shared<Value> {
  readonly value: Value;
  readonly schemas: Schemas;
}

/** @throws Error for one title of two schemas: a mistake of ours, which no caller can bring about */
export function shareTitled<Value>(value: Value): Shared<Value> {
  const schemas: Record<string, Schemas[string]> = {};
  const share = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(share);
    if (typeof node !== 'object' || node === null) return node;
    const members = Object.fromEntries(Object.entries(node).map(([name, member]) => [name, share(member)]));
    const title = isTitled(members) ? members.title : undefined;
    if (title === undefined) return members;
    if (JSON.stringify(schemas[title] ?? members) !== JSON.stringify(members)) {
      throw new Error(`two schemas have the title ${title}`);
    }
    schemas[title] = members;
    return { $ref: `#/components/schemas/${title}` };
  };
  return { value: share(value) as Value, schemas };
}

/** A property that is called `title` has a schema there, not a text. */
function isTitled(members: Readonly<Record<string, unknown>>): members is { readonly title: string } {
  return typeof members['title'] === 'string';
}
