import { describe, expect, it } from '@jest/globals';
import { pathPatternFault, PathPattern } from './path-pattern.js';

describe(PathPattern.name, () => {
  it.each([
    ['kv/people/{person}', 'kv/people/maren', ['kv/people/', '<maren>']],
    ['kv/people/{person}/**', 'kv/people/maren/a/b', ['kv/people/', '<maren>', '/', 'a/b']],
    ['kv/*/home-{person}/x', 'kv/eu/home-maren/x', ['kv/', 'eu', '/home-', '<maren>', '/x']],
    ['kv/{person}/{person}', 'kv/a/b', ['kv/', '<a>', '/', '<b>']],
    ['kv/a.c', 'kv/abc', undefined],
    ['kv/{person}', 'kv/maren/more', undefined],
    ['kv/{person}', 'kv/', undefined],
    ['**', 'anything/at/all', ['anything/at/all']],
    ['kv/{person}', 'kv/mar\nen', ['kv/', '<mar\nen>']],
  ])('%s splits %j', (pattern, path, pieces) => {
    const split = new PathPattern(pattern).split(path);
    expect(split?.map((piece) => (piece.isPerson ? `<${piece.text}>` : piece.text))).toEqual(pieces);
    expect(new PathPattern(pattern).matches(path)).toBe(pieces !== undefined);
  });

  it.each(['', 'a/**/b', 'a/**b', '*-*', '{person}{person}', 'x'.repeat(513)])('refuses %j', (text) => {
    expect(pathPatternFault(text)).toBeDefined();
    expect(() => new PathPattern(text)).toThrow(TypeError);
  });

  it('takes linear time on hostile paths', () => {
    const pattern = new PathPattern('a/*/b/*/c/{person}/**');
    const started = performance.now();
    pattern.matches(`a/${'b/'.repeat(200_000)}`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
