import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { asTemplate } from '../../src/operations/openapi-description.js';
import { startHttpRooms, type HttpRooms } from '../support/http-rooms.js';

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

let rooms: HttpRooms;
let document: Described;

beforeAll(async () => {
  rooms = await startHttpRooms();
  document = (await (await rooms.ask('/openapi.json')).json()) as Described;
});

afterAll(async () => {
  await rooms.stop();
});

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    expect(await validator.validate(structuredClone(document) as unknown as Record<string, unknown>)).toEqual({
      valid: true,
    });
    expect(validator.version).toBe('3.1');
  });

  it('describes every route that there is, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = rooms.platform.routes.routes.map(({ method, path }) => `${method} ${asTemplate(path)}`);

    expect(described.sort()).toEqual([...new Set(routes)].sort());
    expect(described.length).toBeGreaterThan(8);
  });

  it('has a different operation id for each', () => {
    const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((one) => one.operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
  });
});
