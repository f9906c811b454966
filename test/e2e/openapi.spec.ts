import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { asTemplate } from '../../src/operations/openapi-description.js';
import { readConfig } from '../../src/config/read-config.js';
import { Service } from '../../src/service.js';

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

let folder: string;
let service: Service;
let document: Described;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-openapi-'));
  service = await Service.open(readConfig({ KEYTRAIL_DATA: folder }).config, {
    logDestination: { write: () => undefined },
  });
  const answer = await service.application.inject({ url: '/openapi.json', headers: service.hostHeaders() });
  document = answer.json<Described>();
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
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
    const routes = service.platform.routes.routes.map(({ method, path }) => `${method} ${asTemplate(path)}`);

    expect(described.sort()).toEqual([...new Set(routes)].sort());
    expect(described.length).toBeGreaterThan(8);
  });

  it('has a different operation id for each', () => {
    const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((one) => one.operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says what each route asks of its caller', () => {
    const silent = service.platform.routes.routes.filter(({ access }) => !access.open && access.requires === undefined);
    expect(silent).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
  });
});
