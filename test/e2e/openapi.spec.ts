import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { HOST_HEADER } from '../../src/access/host-access.js';
import { asTemplate } from '../../src/operations/openapi-description.js';
import { RouteTable } from '../../src/platform/http/route-table.js';
import type { ApiDescription, Described } from '../support/api-description.js';
import { TrailRoom } from '../support/trail-room.js';

let room: TrailRoom;
let description: ApiDescription;
let document: Described;

beforeAll(async () => {
  room = await TrailRoom.open();
  description = await room.description();
  document = description.document;
});

afterAll(() => room.close());

/** The routes as the server's own router shows them: a tree, a branch a line. */
function routesOf(tree: string): readonly string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    above.splice(indent.length / 4, Infinity, part);
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${asTemplate(above.join(''))}`);
  });
}

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    expect(await validator.validate(structuredClone(document) as unknown as Record<string, unknown>)).toEqual({
      valid: true,
    });
    expect(validator.version).toBe('3.1');
  });

  it('describes every route that there is, and no other', () => {
    const instance: FastifyInstance = room.application.getHttpAdapter().getInstance();
    const routes = routesOf(instance.printRoutes({ commonPrefix: false }));
    const described = description.places.map(({ method, path }) => `${method} ${path}`);

    expect(described.sort()).toEqual([...routes].sort());
    expect(described.length).toBeGreaterThan(30);
  });

  it('has a different operation id for each', () => {
    const ids = description.places.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says what each route asks of its caller', () => {
    const { routes } = room.application.get(RouteTable, { strict: false });
    const silent = routes.filter(({ access }) => !access.open && access.requires === undefined);
    const asked = routes.map(({ method, path, access: { open, hostOnly } }) => [
      `${method} ${asTemplate(path)}`,
      open ? [] : [{ [hostOnly ? 'host' : 'key']: [] }],
    ]);

    expect(silent).toEqual([]);
    expect(
      Object.fromEntries(
        description.places.map(({ method, path, operation }) => [`${method} ${path}`, operation.security]),
      ),
    ).toEqual(Object.fromEntries(asked));
    expect(document.components.securitySchemes['host']).toMatchObject({ in: 'header', name: HOST_HEADER });
  });

  it('has a form for the success and the errors of each', () => {
    for (const { method, path, operation } of description.places) {
      const statuses = Object.keys(operation.responses);
      const successes = statuses.filter((status) => /^2\d\d$/.test(status));
      const contents = successes.map((status) => [status, Object.values(operation.responses[status]?.content ?? {})]);
      const problems = statuses.filter((status) => operation.responses[status]?.content?.['application/problem+json']);

      expect([method, path, successes.length]).toEqual([method, path, 1]);
      for (const [status, forms] of contents as [string, { schema?: object }[]][]) {
        expect([method, path, forms.length > 0]).toEqual([method, path, status !== '204']);
        for (const { schema } of forms) expect(Object.keys(schema ?? {})).not.toEqual([]);
      }
      expect([method, path, statuses.filter((status) => /^[45]/.test(status))]).toEqual([method, path, problems]);
      expect(problems).toEqual(expect.arrayContaining(['400', '500', '503']));
    }
  });

  it('leaves open what an event may tell by its action, and what another description holds', () => {
    const open: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, properties, additionalProperties, allOf } = node as Record<string, unknown>;
      const isOpen = additionalProperties === true || (properties === undefined && additionalProperties === undefined);
      if (type === 'object' && isOpen && allOf === undefined) open.push(path);
      for (const [name, member] of Object.entries(node)) walk(member, `${path}/${name}`);
    };
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(item)) walk(responses, `${method} ${path}`);
    }
    walk(document.components.schemas, '');

    const inDescription = 'get /openapi.json/200/content/application/json/schema/properties/';
    expect(open.filter((path) => !path.startsWith(inDescription))).toEqual(['/Event/properties/details']);
  });

  it('bounds every text and list that a caller sends, but for those that the whole body bounds', () => {
    const unbounded: string[] = [];
    for (const { method, path, operation } of description.places) {
      for (const { name, in: place, schema } of operation.parameters ?? []) {
        const bounds = ['enum', 'maxLength', 'maxItems', 'maximum', 'pattern', 'format'];
        if (!bounds.some((bound) => bound in schema)) unbounded.push(`${method} ${path} ${place} ${name}`);
      }
    }
    expect(unbounded).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
  });
});
