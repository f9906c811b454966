import { describe, expect, it } from '@jest/globals';
import type { TrailFilter } from '../../domain/trail-filter.js';
import { filtersToView, type OtherNames, withoutEchoes } from './filter-to-view.js';

const subject = 'sub_0123456789abcdefghij';
const notOwn = { field: 'own', is: false };

const filterToView = (filter: TrailFilter, others?: OtherNames) => filtersToView([filter], others);

describe('filtersToView', () => {
  it('leaves our own acts out unless they are asked for', () => {
    expect(filterToView({})).toEqual({ all: [notOwn] });
    expect(filterToView({ own: true })).toEqual({ all: [] });
    expect(filterToView({ action: ['keytrail.queried'] })).toEqual({
      all: [{ field: 'action', is: 'keytrail.queried' }],
    });
    expect(filterToView({ not: { action: ['keytrail.queried'] } })).toEqual({
      all: [{ not: { field: 'action', is: 'keytrail.queried' } }, notOwn],
    });
  });

  it('finds an actor by subject, or by any of its names', () => {
    expect(filterToView({ actor: [subject] })).toEqual({ all: [{ field: 'subject', is: subject }, notOwn] });
    expect(filterToView({ actor: ['ann'] })).toEqual({
      all: [
        {
          any: [
            { field: 'actorNativeId', in: ['ann'] },
            { field: 'actorName', in: ['ann'] },
            { field: 'actorEmail', in: ['ann'] },
          ],
        },
        notOwn,
      ],
    });
  });

  it.each([
    [
      'kv/app/db',
      {
        any: [
          { field: 'secret', in: ['kv/app/db'] },
          { field: 'secretPath', in: ['kv/app/db'] },
        ],
      },
    ],
    [
      'kv/app*',
      {
        any: [
          { field: 'secret', prefix: 'kv/app' },
          { field: 'secretPath', prefix: 'kv/app' },
        ],
      },
    ],
    [
      'kv/*/db',
      {
        any: [
          { field: 'secret', like: 'kv/*/db' },
          { field: 'secretPath', like: 'kv/*/db' },
        ],
      },
    ],
    [
      'kv/a?*',
      {
        any: [
          { field: 'secret', like: 'kv/a?*' },
          { field: 'secretPath', like: 'kv/a?*' },
        ],
      },
    ],
  ])('finds secrets by %s', (value, match) => {
    expect(filterToView({ secret: [value] })).toEqual({ all: [match, notOwn] });
  });

  it('finds a secret by its other names too', () => {
    const others = (values: readonly string[]) => values.map((value) => `other of ${value}`);
    const match = (value: string, other: string) => ({
      any: [
        { field: 'secret', in: other === '' ? [value] : [value, other] },
        { field: 'secretPath', in: [value] },
      ],
    });

    expect(filterToView({ secret: ['a'], not: { secret: ['b'] } }, others)).toEqual({
      all: [match('a', 'other of a'), { not: match('b', 'other of b') }, notOwn],
    });
    expect(filterToView({ secret: ['a'] })).toEqual({ all: [match('a', ''), notOwn] });
  });

  it('asks for several values of one field as a list', () => {
    expect(filterToView({ outcome: ['failure', 'unknown'], action: ['secret.*', 'key.use'] })).toEqual({
      all: [
        {
          any: [
            { field: 'actionClass', in: ['secret'] },
            { field: 'action', in: ['key.use'] },
          ],
        },
        { field: 'outcome', in: ['failure', 'unknown'] },
        notOwn,
      ],
    });
  });

  it('finds an address however it is spelt, a block, or a host', () => {
    expect(filterToView({ address: ['10.0.0.7'] })).toEqual({
      all: [{ field: 'address', cidr: '10.0.0.7/32' }, notOwn],
    });
    expect(filterToView({ address: ['10.0.0.0/8'] })).toEqual({
      all: [{ field: 'address', cidr: '10.0.0.0/8' }, notOwn],
    });
    expect(filterToView({ address: ['AWS Internal'] })).toEqual({
      all: [{ field: 'address', is: 'AWS Internal' }, notOwn],
    });
  });

  it('negates each term, the period included', () => {
    expect(filterToView({ not: { source: ['vault'], userAgent: ['curl'], from: '2026-11-01T00:00:00Z' } })).toEqual({
      all: [
        { not: { field: 'sourceKind', is: 'vault' } },
        { not: { field: 'userAgent', contains: 'curl' } },
        { not: { field: 'time', from: '20261101000000000000000' } },
        notOwn,
      ],
    });
  });

  it('takes the beginning of a period and not its end', () => {
    expect(filterToView({ from: '2026-11-01T00:00:00+01:00', to: '2026-11-02T00:00:00Z' })).toEqual({
      all: [{ field: 'time', from: '20261031230000000000000', before: '20261102000000000000000' }, notOwn],
    });
  });

  it('holds several filters together, and shows own acts when one of them asks', () => {
    expect(filtersToView([{ action: ['secret.read'] }, { outcome: ['failure'], own: true }])).toEqual({
      all: [
        { field: 'action', is: 'secret.read' },
        { field: 'outcome', is: 'failure' },
      ],
    });
  });
});

describe('withoutEchoes', () => {
  it('leaves echoes out unless a filter asks for them', () => {
    expect(withoutEchoes([{}])).toEqual({ all: [{ field: 'echo', is: false }] });
    expect(withoutEchoes([{}, { echoes: true }])).toEqual({ all: [] });
  });
});
