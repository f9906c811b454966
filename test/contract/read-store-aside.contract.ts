import { afterEach, describe, expect, it } from '@jest/globals';
import type { ReadStore, ViewWrite } from '../../src/storage/read-store/read-store.port.js';
import { temporaryFolders } from './temporary-folder.js';
import { sampleDocument } from './view-samples.js';
import { activeGeneration, create, found, move, view } from './view-writes.js';

/** What every read store does with a document that finds its place taken. */
export function describeReadStoreAside(name: string, open: (folder: string) => ReadStore): void {
  describe(`read store, places taken: ${name}`, () => {
    const newFolder = temporaryFolders();
    const opened: ReadStore[] = [];
    const setup = async (): Promise<{ sut: ReadStore; generation: number }> => {
      const sut = open(newFolder());
      opened.push(sut);
      return { sut, generation: await activeGeneration(sut) };
    };

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });

    it('puts aside, once, what finds its place taken by something else', async () => {
      const { sut, generation } = await setup();
      const document = sampleDocument(1);
      const aside = { id: 'aside', fields: { offset: null, action: 'moved' }, from: 0, below: 9 };
      const other: ViewWrite = { kind: 'create', document: { ...document, body: 'other' }, aside };
      const writes = [{ ...create(document), aside }, { ...create(document), aside }, other, other];

      const applied = await sut.apply({ view, generation }, writes, move(0, 4));

      expect(applied).toEqual({ created: 1, put: 0, ignored: 2, aside: 1 });
      expect(await sut.get(view, document.id)).toEqual(found(document));
      expect(await sut.get(view, 'aside')).toEqual({ id: 'aside', time: document.time, body: 'other' });
      const moved = await sut.query({ view, filter: { field: 'action', is: 'moved' }, limit: 9 });
      expect(moved.documents.map(({ id }) => id)).toEqual(['aside']);
      expect(await sut.count(view, { field: 'offset', before: 1_000_000 })).toBe(1);
    });

    it('puts aside only where the version that stands there is one of those named', async () => {
      const { sut, generation } = await setup();
      const put = (version: number, body: string, from: number, below: number): ViewWrite => ({
        kind: 'put',
        version,
        document: { ...sampleDocument(1), body },
        aside: { id: `aside ${body}`, fields: {}, from, below },
      });
      const writes = [put(5, 'a', 0, 9), put(4, 'b', 0, 5), put(4, 'c', 6, 9), put(5, 'd', 5, 6), put(6, 'e', 0, 9)];

      const applied = await sut.apply({ view, generation }, writes, move(0, 5));

      expect(applied).toEqual({ created: 0, put: 2, ignored: 2, aside: 1 });
      expect(await sut.get(view, 'aside d')).toMatchObject({ body: 'd' });
      expect(await sut.get(view, sampleDocument(1).id)).toMatchObject({ body: 'e' });
    });
  });
}
