import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  ReadStore,
  ViewDefinition,
  ViewDocument,
  ViewQuery,
  ViewWrite,
} from '../../src/storage/read-store/read-store.port.js';
import { temporaryFolders } from './temporary-folder.js';
import { ViewOracle } from './view-oracle.js';
import { SAMPLE_VIEW, sampleDocument } from './view-samples.js';
import {
  activeGeneration,
  bare,
  create,
  creates,
  found,
  move,
  newest,
  only,
  point,
  remove,
  view,
} from './view-writes.js';

/** What every read store owes to those who use it. `open` is called again on the same folder to reopen. */
export function describeReadStore(name: string, open: (folder: string) => ReadStore): void {
  describe(`read store: ${name}`, () => {
    const newFolder = temporaryFolders();
    const opened: ReadStore[] = [];

    const openAt = (folder: string): ReadStore => {
      const store = open(folder);
      opened.push(store);
      return store;
    };
    /** A store with an active generation of the sample view. */
    const setup = async (folder = newFolder()): Promise<{ sut: ReadStore; generation: number }> => {
      const sut = openAt(folder);
      return { sut, generation: await activeGeneration(sut) };
    };

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });

    describe('writes', () => {
      it('creates documents once, and counts those that were there', async () => {
        const { sut, generation } = await setup();

        const first = await sut.apply({ view, generation }, creates(0, 3), move(0, 3));
        const again = await sut.apply({ view, generation }, creates(1, 5), move(3, 5));

        expect([first, again]).toEqual([
          { created: 3, put: 0, ignored: 0, aside: 0 },
          { created: 2, put: 0, ignored: 2, aside: 0 },
        ]);
        expect(await sut.count(view)).toBe(5);
      });

      it('keeps the first of two creations', async () => {
        const { sut, generation } = await setup();
        const original = sampleDocument(1);

        await sut.apply({ view, generation }, [create(original), create({ ...original, body: 'other' })], move(0, 1));

        expect(await sut.get(view, original.id)).toEqual(found(original));
      });

      it('gives a document back as it was, and every field as a group', async () => {
        const { sut, generation } = await setup();
        const document: ViewDocument = {
          id: 'all fields',
          time: '20260101000000000000000',
          fields: {
            action: 'a\u0000b',
            secrets: ['b', 'a'],
            address: '2001:DB8::1',
            own: false,
            offset: 0.5,
            recordedAt: '20260101000000999999999',
            agent: '',
          },
          body: '{"any":"text"}',
        };

        await sut.apply({ view, generation }, [create(document)], move(0, 1));

        expect(await sut.get(view, 'all fields')).toEqual(found(document));
        expect((await sut.query({ view, limit: 9 })).documents).toEqual([found(document)]);
        for (const [field, value] of Object.entries(document.fields)) {
          const { buckets } = await sut.aggregate({ view, by: [field], order: 'key', limit: 9 });
          expect(buckets.map(({ key }) => key[0])).toEqual([value].flat().sort());
        }
      });

      it('puts newer versions only', async () => {
        const { sut, generation } = await setup();
        const write = (version: number, changed: number): ViewWrite => ({
          kind: 'put',
          version,
          document: sampleDocument(1, changed),
        });

        expect(await sut.apply({ view, generation }, [write(2, 2)], move(0, 1))).toMatchObject({ put: 1 });
        expect(await sut.apply({ view, generation }, [write(1, 1), write(2, 3)], move(1, 2))).toMatchObject({
          ignored: 2,
        });
        expect(await sut.get(view, sampleDocument(1).id)).toEqual(found(sampleDocument(1, 2)));
        const large = 2 ** 51 + 7;
        await sut.apply({ view, generation }, [write(large, 4), write(large - 1, 5)], move(2, 3));
        expect(await sut.get(view, sampleDocument(1).id)).toEqual(found(sampleDocument(1, 4)));
      });

      it('puts over what was created, and does not create over what was put', async () => {
        const { sut, generation } = await setup();
        const put: ViewWrite = { kind: 'put', version: 1, document: sampleDocument(1, 1) };

        const applied = await sut.apply({ view, generation }, [...creates(1, 2), put, ...creates(1, 2)], move(0, 1));

        expect(applied).toEqual({ created: 1, put: 1, ignored: 1, aside: 0 });
        expect((await sut.query({ view, limit: 9 })).documents).toEqual([found(sampleDocument(1, 1))]);
      });

      it('deletes', async () => {
        const { sut, generation } = await setup();
        await sut.apply({ view, generation }, creates(0, 3), move(0, 1));

        await sut.apply({ view, generation }, [remove(1), remove(77)], move(1, 2));

        expect(await sut.get(view, sampleDocument(1).id)).toBeUndefined();
        expect(await sut.count(view)).toBe(2);
        await sut.apply({ view, generation }, creates(1, 2), move(2, 3));
        expect(await sut.count(view, { field: 'offset', is: 1 })).toBe(1);
      });

      it('keeps everything when it is closed and opened again', async () => {
        const folder = newFolder();
        const { sut: first, generation } = await setup(folder);
        await first.apply({ view, generation }, creates(0, 20), move(0, 20));
        await first.close();

        const sut = openAt(folder);
        const [reopened] = await sut.define(SAMPLE_VIEW, point(0));

        expect(reopened).toEqual({ view, generation, version: 1, checkpoint: point(20), marks: {}, active: true });
        expect((await sut.query({ view, limit: 99 })).documents).toEqual(
          oracle(20).page({ view, limit: 99 }).map(found),
        );
      });
    });

    it.each([true, false])(
      'loses and doubles nothing when a thousand share a time (ascending: %s)',
      async (ascending) => {
        const { sut, generation } = await setup();
        const same = Array.from({ length: 1000 }, (_, n) => ({
          ...sampleDocument(n),
          time: '20260101000000000000000',
        }));
        await sut.apply({ view, generation }, same.map(create), move(0, 1000));

        const seen: string[] = [];
        for (let after: ViewQuery['after']; ;) {
          const { documents } = await sut.query({ view, ascending, limit: 7, ...(after && { after }) });
          seen.push(...documents.map(({ id }) => id));
          after = documents.at(-1);
          if (!after) break;
        }

        const sorted = same.map(({ id }) => id).sort();
        expect(seen).toEqual(ascending ? sorted : sorted.reverse());
      },
    );

    describe('generations', () => {
      it('answers no query before a generation is active', async () => {
        const sut = openAt(newFolder());
        await sut.define(SAMPLE_VIEW, point(0));

        const questions: (() => Promise<unknown>)[] = [
          () => sut.query({ view, limit: 1 }),
          () => sut.count(view),
          () => sut.get(view, 'x'),
          () => sut.aggregate({ view, by: [], limit: 1 }),
        ];
        for (const ask of questions) await expect(ask()).rejects.toMatchObject({ code: 'TRAIL.NOT_READY' });
      });

      it('defines a view once', async () => {
        const { sut, generation } = await setup();

        expect(await sut.define(SAMPLE_VIEW, point(3))).toEqual([
          { view, generation, version: 1, checkpoint: point(0), marks: {}, active: true },
        ]);
        expect(await sut.generations('unknown')).toEqual([]);
      });

      it('builds a new version beside the old one, then switches', async () => {
        const { sut, generation } = await setup();
        await sut.apply({ view, generation }, creates(0, 5), move(0, 5));
        const second: ViewDefinition = { ...SAMPLE_VIEW, version: 2, fields: { offset: { type: 'number' } } };

        const all = await sut.define(second, point(0));
        const rebuilt = newest(all);
        await sut.apply({ view, generation: rebuilt }, creates(0, 2), move(0, 2));

        expect(all.map(({ version, active }) => [version, active])).toEqual([[1, true], [2, false]]); // prettier-ignore
        expect(await sut.count(view)).toBe(5);
        expect(await sut.get(view, sampleDocument(1).id, rebuilt)).toEqual(found(sampleDocument(1)));
        await sut.activate(view, rebuilt);
        expect(await sut.count(view, { field: 'offset', before: 1 })).toBe(1);
        expect((await sut.generations(view)).map((one) => one.generation)).toEqual([rebuilt]);
      });

      it('rebuilds from the start, and drops the old build', async () => {
        const { sut, generation } = await setup();
        await sut.apply({ view, generation }, creates(0, 5), move(0, 5));

        const rebuilt = await sut.beginRebuild(SAMPLE_VIEW, point(0));
        expect(rebuilt).toMatchObject({ version: 1, active: false, checkpoint: point(0) });
        await sut.activate(view, rebuilt.generation);

        expect(await sut.count(view)).toBe(0);
        expect(await sut.apply({ view, generation }, creates(5, 6), move(5, 6))).toBe(false);
      });

      it('keeps views apart', async () => {
        const { sut, generation } = await setup();
        const other = { ...SAMPLE_VIEW, name: 'others' };
        const defined = only(await sut.define(other, point(0)));
        await sut.activate('others', defined.generation);

        await sut.apply({ view, generation }, creates(0, 5), move(0, 5));
        await sut.apply({ view: 'others', generation: defined.generation }, creates(3, 4), move(0, 1));

        expect([await sut.count(view), await sut.count('others')]).toEqual([5, 1]);
      });
    });
  });
}

function oracle(count: number): ViewOracle {
  return new ViewOracle(
    SAMPLE_VIEW,
    Array.from({ length: count }, (_, n) => bare(sampleDocument(n))),
  );
}
