import { describe, expect, it } from '@jest/globals';
import { RouteTable } from './route-table.js';

describe(RouteTable.name, () => {
  it.each([
    ['/v1/events', ['GET', 'POST']],
    ['/v1/events/a%2Fb', ['GET']],
    ['/v1/events/a/b', []],
    ['/openapi.json', ['GET']],
    ['/openapixjson', []],
  ])('knows the methods at %s', (path, methods) => {
    const sut = new RouteTable();
    for (const [method, template] of [
      ['POST', '/v1/events'],
      ['GET', '/v1/events'],
      ['GET', '/v1/events/:id'],
      ['GET', '/openapi.json'],
    ] as const) {
      sut.add({ method, path: template, access: {} });
    }

    expect(sut.methodsAt(path)).toEqual(methods);
  });
});
