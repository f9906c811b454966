import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ReadStore,
  ViewBucket,
  FoundDocument,
  ViewQuery,
  ViewWrite,
} from '../../src/storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../src/storage/read-store/view-filter.js';
import { ViewOracle } from './view-oracle.js';
import { SAMPLE_VIEW, sampleDocument, sampleFilter, sampleGrouping } from './view-samples.js';
import { activeGeneration, bare, create, found, move, remove, view } from './view-writes.js';

/** What every read store answers to queries. */
export function describeReadStoreQueries(name: string, open: (folder: string) => ReadStore, numRuns = 100): void {
  describe(`read store queries: ${name}`, () => {
    describe.each([
      ['as created', 0],
      ['after many changes', 1],
    ])('queries %s', (_, changed) => {
      let folder = '';
      let sut: ReadStore;
      let expected: ViewOracle;

      beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'keytrail-'));
        sut = open(folder);
        expected = await fill(sut, changed === 1);
      });
      afterAll(async () => {
        await sut.close();
        rmSync(folder, { recursive: true, force: true });
      });

      it('answers every filter with the right page and count', async () => {
        const limit = fc.constantFrom(1, 10, 100);
        await fc.assert(
          fc.asyncProperty(
            sampleFilter,
            limit,
            fc.boolean(),
            fc.option(fc.nat(9999)),
            async (filter, limit, ascending, at) => {
              const after = at === null ? undefined : sampleDocument(at);
              const query: ViewQuery = { view, filter, limit, ascending, ...(after && { after }) };
              expect(ids((await sut.query(query)).documents)).toEqual(ids(expected.page(query)));
              expect(await sut.count(view, filter)).toBe(expected.matching(filter).length);
            },
          ),
          { numRuns },
        );
      });

      it('groups every filter right', async () => {
        await fc.assert(
          fc.asyncProperty(sampleFilter, sampleGrouping, async (filter, grouping) => {
            const aggregation = { view, filter, ...grouping, limit: 20 };
            const all = expected.buckets(aggregation);
            const { buckets, groups, total } = await sut.aggregate(aggregation);
            expect(buckets).toEqual(all.slice(0, 20));
            expect({ groups, total }).toEqual({ groups: all.length, total: expected.matching(filter).length });
          }),
          { numRuns: numRuns / 2 },
        );
      });

      it('forgets no group of a walk through all groups', async () => {
        await fc.assert(
          fc.asyncProperty(
            sampleFilter,
            sampleGrouping,
            fc.constantFrom(900, 4000),
            async (filter, grouping, limit) => {
              const aggregation = { ...grouping, view, filter, order: 'key', limit } as const;
              const seen: ViewBucket[] = [];
              for (let after: ViewBucket['key'] | undefined; ;) {
                const { buckets, groups } = await sut.aggregate({ ...aggregation, ...(after && { after }) });
                seen.push(...buckets);
                after = buckets.at(-1)?.key;
                if (!after || groups === buckets.length) break;
              }
              expect(seen).toEqual(expected.buckets(aggregation));
            },
          ),
          { numRuns: 20 },
        );
      });

      it('forgets no document and no page of a walk through everything', async () => {
        const filter: ViewFilter = { not: { field: 'action', is: 'read' } };
        const seen: FoundDocument[] = [];
        for (let after: ViewQuery['after']; ;) {
          const { documents } = await sut.query({ view, filter, limit: 500, ...(after && { after }) });
          seen.push(...documents);
          after = documents.at(-1);
          if (!after) break;
        }
        expect(seen).toEqual(expected.page({ view, filter, limit: Infinity }).map(found));
      });

      it.each(['nothing', 'offset', 'own', 'time'])('refuses to count values of %s as others', async (field) => {
        const aggregation = { view, by: ['secrets'], countAs: { field, values: new Map([['a', 'b']]) }, limit: 1 };
        await expect(sut.aggregate(aggregation)).rejects.toMatchObject({ code: 'TRAIL.INVALID_FILTER' });
      });

      it.each<[string, readonly string[]]>([
        ['0.0.0.0/0', ['10.0.0.1', '10.0.1.200', '10.255.3.4', '192.168.1.77', '::ffff:10.0.0.1']],
        ['::ffff:0:0/96', ['10.0.0.1', '10.0.1.200', '10.255.3.4', '192.168.1.77', '::ffff:10.0.0.1']],
        ['::ffff:10.0.1.0/120', ['10.0.1.200']],
        ['::/0', ['2001:DB8:0::2', '2001:db8::1', '::1']],
        ['::/80', ['::1']],
        ['0::/1', ['2001:DB8:0::2', '2001:db8::1', '::1']],
      ])('finds in the block %s what is of its family', async (cidr, addresses) => {
        const filter = { field: 'address', cidr };
        const { buckets } = await sut.aggregate({ view, filter, by: ['address'], order: 'key', limit: 20 });
        expect(buckets.map(({ key }) => key[0])).toEqual(addresses);
      });

      it.each<[string, ViewFilter]>([
        ['an unknown field', { field: 'nothing', is: 'x' }],
        ['a number for a text', { field: 'action', is: 7 }],
        ['a text for a number', { field: 'offset', from: '7' }],
        ['a text for a boolean', { field: 'own', is: 'true' }],
        ['a prefix of a number', { field: 'offset', prefix: '1' }],
        ['a block of no address', { field: 'address', cidr: '10.0.0.0/33' }],
        ['a block on another field', { field: 'action', cidr: '10.0.0.0/8' }],
      ])('refuses %s', async (_, filter) => {
        await expect(sut.query({ view, filter: { not: { any: [filter] } }, limit: 1 })).rejects.toMatchObject({
          code: 'TRAIL.INVALID_FILTER',
        });
      });
    });
  });
}

const DOCUMENTS = 10_000;

function ids(documents: readonly FoundDocument[]): string[] {
  return documents.map(({ id }) => id);
}

/** Enough documents that an index has whole parts and an unfinished one. */
async function fill(store: ReadStore, change: boolean): Promise<ViewOracle> {
  const generation = await activeGeneration(store);
  const documents = new Map(Array.from({ length: DOCUMENTS }, (_, n) => [n, sampleDocument(n)]));
  await store.apply({ view, generation }, [...documents.values()].map(create), move(0, 1));
  if (!change) return new ViewOracle(SAMPLE_VIEW, [...documents.values()].map(bare));
  const writes: ViewWrite[] = [];
  for (let n = 0; n < DOCUMENTS; n += 3) {
    const changed = sampleDocument(n, 1);
    const deleted = n % 2 === 0;
    writes.push(deleted ? remove(n) : { kind: 'put', version: 1, document: changed });
    if (deleted) documents.delete(n);
    else documents.set(n, changed);
  }
  await store.apply({ view, generation }, writes, move(1, 2));
  return new ViewOracle(SAMPLE_VIEW, [...documents.values()].map(bare));
}
