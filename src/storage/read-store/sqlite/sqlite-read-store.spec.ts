import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { ViewOracle } from '../../../../test/contract/view-oracle.js';
import { SAMPLE_VIEW, sampleDocument, sampleFilter, sampleGrouping } from '../../../../test/contract/view-samples.js';
import {
  activeGeneration,
  bare,
  create,
  creates,
  move,
  point,
  remove,
  view,
} from '../../../../test/contract/view-writes.js';
import { PAGE_COSTS, type PageCosts } from './page-costs.js';
import type { ReadOptions } from './read-store-reader.js';
import { SEGMENT_ROWS } from './row-set.js';
import { SqliteReadStore } from './sqlite-read-store.js';

/** Some segments, and a part of one. */
const DOCUMENTS = SEGMENT_ROWS * 5 + 500;

describe(SqliteReadStore.name, () => {
  const newFolder = temporaryFolders();
  const opened: SqliteReadStore[] = [];
  let path: string;

  beforeEach(() => {
    path = join(newFolder(), 'read.sqlite');
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  function open(options: Partial<ReadOptions> = {}): SqliteReadStore {
    const store = SqliteReadStore.inThread({ path, busyMs: 50, queryMs: 5_000, ...options });
    opened.push(store);
    return store;
  }
  /** Everything on the disk that belongs to the store. */
  function bytes(): string {
    const files = [path, `${path}-wal`].filter((file) => existsSync(file));
    return files.map((file) => readFileSync(file, 'latin1')).join('');
  }

  it('tells a damaged file as such, and begins anew when it is gone', async () => {
    writeFileSync(path, 'no database at all'.repeat(1000));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'STORAGE.DAMAGED', facts: { store: 'read_store' } }));

    rmSync(path);
    const sut = open();

    await activeGeneration(sut);
    expect(await sut.count(view)).toBe(0);
  });

  it('tells damage inside the file as such', async () => {
    const store = open();
    const generation = await activeGeneration(store);
    await store.apply({ view, generation }, creates(0, 2000), move(0, 1));
    await store.close();
    const file = readFileSync(path);
    // All pages but the first few, which hold the schema.
    writeFileSync(path, file.fill(0xa5, 4096 * 30));

    const sut = open();
    await expect(sut.query({ view, limit: 2000 })).rejects.toMatchObject({ code: 'STORAGE.DAMAGED' });
  });

  it('is refused when a newer version wrote it', async () => {
    await open().close();
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = 9; UPDATE meta SET value = '7.0.0' WHERE name = 'needs'`);
    database.close();

    expect(() => open()).toThrow(expect.objectContaining({ code: 'STORAGE.NEWER_DATA' }));
  });

  it('gives a query up when its time is over', async () => {
    const store = open();
    const generation = await activeGeneration(store);
    await store.apply({ view, generation }, creates(0, SEGMENT_ROWS * 3), move(0, 1));
    const sut = open({ queryMs: 0 });

    const late = { code: 'STORAGE.QUERY_TOO_SLOW', facts: { limitMs: 0 } };
    await expect(sut.query({ view, filter: { field: 'own', is: true }, limit: 1 })).rejects.toMatchObject(late);
    await expect(sut.aggregate({ view, by: ['action'], limit: 1 })).rejects.toMatchObject(late);
    expect(await store.count(view)).toBe(SEGMENT_ROWS * 3);
  });

  it('takes nothing of a batch onto a full disk, and goes on when there is space', async () => {
    const options = { path, busyMs: 50, queryMs: 5_000, maxPages: 120 };
    const sut = SqliteReadStore.inThread(options);
    opened.push(sut);
    const generation = await activeGeneration(sut);
    await sut.apply({ view, generation }, creates(0, 10), move(0, 1));

    await expect(sut.apply({ view, generation }, creates(10, 3000), move(1, 2))).rejects.toMatchObject({
      code: 'STORAGE.DISK_FULL',
    });
    expect(await sut.count(view)).toBe(10);

    options.maxPages = 100_000;
    await sut.apply({ view, generation }, creates(10, 3000), move(1, 2));
    expect(await sut.count(view, { field: 'action', exists: true })).toBeGreaterThan(1000);
  });

  it.each([
    ['not indexed yet', 10],
    ['indexed', SEGMENT_ROWS + 10],
  ])('forgets the texts of changed and deleted documents (%s)', async (_, documents) => {
    const store = open();
    const generation = await activeGeneration(store);
    await store.apply({ view, generation }, creates(0, documents), move(0, 1));
    const person = (n: number) => ({
      ...sampleDocument(n),
      fields: { actor: `Grace Hopper ${n}`, agent: `Hopper ${n} agent`, ticket: `Hopper ${n} ticket` },
      body: `body of Hopper ${n}`,
    });
    const put = (n: number) => ({ kind: 'put' as const, version: 1, document: person(n) });
    await store.apply({ view, generation }, [put(1), put(2)], move(1, 2));
    expect(await store.count(view, { field: 'agent', contains: 'hopper' })).toBe(2);

    const forgotten = { kind: 'put' as const, version: 2, document: sampleDocument(1) };
    await store.apply({ view, generation }, [forgotten, remove(2)], move(2, 3));
    expect(await store.count(view, { field: 'actor', prefix: 'Grace' })).toBe(0);
    await store.close();
    // Moving a row to another page leaves a copy behind that secure_delete does not know of.
    const database = new DatabaseSync(path);
    database.exec('VACUUM');
    database.close();

    expect(bytes().includes('Hopper')).toBe(false);
  });

  it('forgets the texts of a generation that was dropped', async () => {
    const store = open();
    const generation = await activeGeneration(store);
    const document = { ...sampleDocument(1), body: 'body of Hopper', fields: { actor: 'Grace Hopper' } };
    await store.apply({ view, generation }, [create(document), ...creates(2, 5000)], move(0, 1));
    const rebuilt = await store.beginRebuild(SAMPLE_VIEW, point(0));

    await store.activate(view, rebuilt.generation);
    const database = new DatabaseSync(path);
    while (Number(database.prepare('SELECT count(*) AS n FROM generations').get()?.['n']) > 1) await turn();
    const tables = database
      .prepare(`SELECT name FROM sqlite_schema WHERE name LIKE '%\\_${generation}' ESCAPE '\\'`)
      .all();
    database.close();
    await store.close();

    expect(tables).toEqual([]);
    expect(bytes().includes('Hopper')).toBe(false);
  });

  it('groups right when the groups do not fit into memory at once', async () => {
    const store = open();
    const generation = await activeGeneration(store);
    const documents = Array.from({ length: 1500 }, (_, n) => sampleDocument(n));
    await store.apply({ view, generation }, documents.map(create), move(0, 1));
    const oracle = new ViewOracle(SAMPLE_VIEW, documents.map(bare));
    const sut = open({ maxGroups: 30, queryMs: 60_000 });

    await fc.assert(
      fc.asyncProperty(sampleFilter, sampleGrouping, async (filter, grouping) => {
        const aggregation = { view, filter, ...grouping, limit: 25 };
        const all = oracle.buckets(aggregation);
        const { buckets, groups } = await sut.aggregate(aggregation);
        expect({ buckets, groups }).toEqual({ buckets: all.slice(0, 25), groups: all.length });
      }),
      { numRuns: 30 },
    );
  });

  it('groups as many documents as are not fetched one by one', async () => {
    const sut = open();
    const generation = await activeGeneration(sut);
    const [all, step] = [60_000, 10_000];
    for (let from = 0; from < all; from += step)
      await sut.apply({ view, generation }, creates(from, from + step), move(from, from + step));
    await sut.apply({ view, generation }, [remove(0), remove(SEGMENT_ROWS), remove(all - 1)], move(all, all + 1));
    const filter = { field: 'offset', before: all - 2 } as const;

    const { buckets, total } = await sut.aggregate({ view, filter, by: ['offset'], order: 'key', limit: all });

    const offsets = Array.from({ length: all - 2 }, (_, n) => n).filter((n) => n !== 0 && n !== SEGMENT_ROWS);
    expect(buckets.map(({ key: [offset] }) => offset)).toEqual(offsets);
    expect(buckets.every(({ count }) => count === 1)).toBe(true);
    expect(total).toBe(offsets.length);
  });

  it.each<[string, Partial<PageCosts>]>([
    ['as it is best', {}],
    ['segment by segment', { firstSegments: 1, fetch: 0 }],
    ['looking at the documents', { postings: 1, firstSegments: 1, fetch: 0 }],
    ['along the time', { fetch: 1e9, leastWalk: 0, leastPatience: 1e9, mostPatience: 1e9 }],
    ['along the time, looking at the documents', { postings: 1, fetch: 1e9, leastPatience: 1e9, mostPatience: 1e9 }],
    [
      'along the time until that takes too long',
      { firstSegments: 1, leastWalk: 0, leastPatience: 0, mostPatience: 1e9 },
    ],
    ['along the time until the index knows all', { postings: 1, fetch: 1e9, leastPatience: 0, mostPatience: 0 }],
  ])('finds the right page where documents come in the order of time, or nearly (%s)', async (_, costs) => {
    const sut = open({ queryMs: 60_000, pageCosts: { ...PAGE_COSTS, ...costs } });
    const generation = await activeGeneration(sut);
    const documents = Array.from({ length: DOCUMENTS }, (_, n) => {
      const document = bare(sampleDocument(n));
      // Those that are apart come a long time after the rest.
      const late = document.fields['own'] === true ? 500_000 : n % 1000 === 0 ? DOCUMENTS : (n * 7919) % 300;
      return { ...document, time: String(20_260_000_000_000 + (n + late) * 10).padEnd(23, '0') };
    });
    for (let from = 0; from < documents.length; from += 1_000)
      await sut.apply({ view, generation }, documents.slice(from, from + 1_000).map(create), move(from, from + 1_000));
    const oracle = new ViewOracle(SAMPLE_VIEW, documents);
    const place = fc.option(fc.nat(documents.length - 1), { nil: undefined });

    await fc.assert(
      fc.asyncProperty(
        sampleFilter,
        fc.boolean(),
        place,
        fc.constantFrom(1, 20, 150),
        async (filter, ascending, at, limit) => {
          const query = { view, filter, ascending, limit, ...(at !== undefined && { after: documents[at] }) };
          expect((await sut.query(query)).documents.map(({ id }) => id)).toEqual(
            oracle.page(query).map(({ id }) => id),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('walks through groups as of one state', async () => {
    const sut = open();
    const generation = await activeGeneration(sut);
    await sut.apply({ view, generation }, creates(0, 100), move(0, 1));
    const question = { view, by: ['offset'], order: 'key', limit: 40 } as const;

    const first = await sut.aggregate(question);
    await sut.apply({ view, generation }, [...creates(100, 150), remove(50)], move(1, 2));
    const second = await sut.aggregate({ ...question, after: first.buckets.at(-1)?.key ?? [] });

    expect([first, second].map(({ groups, total, asOf }) => ({ groups, total, asOf }))).toEqual([
      { groups: 100, total: 100, asOf: point(1) },
      { groups: 60, total: 100, asOf: point(1) },
    ]);
    expect((await sut.aggregate(question)).groups).toBe(149);
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
