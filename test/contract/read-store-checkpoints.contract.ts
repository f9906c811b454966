import { afterEach, describe, expect, it } from '@jest/globals';
import type { ReadStore } from '../../src/storage/read-store/read-store.port.js';
import { temporaryFolders } from './temporary-folder.js';
import { activeGeneration, creates, move, only, point, view } from './view-writes.js';

/** How every read store keeps and moves checkpoints. `open` is called again on the same folder for a second consumer. */
export function describeReadStoreCheckpoints(name: string, open: (folder: string) => ReadStore): void {
  describe(`read store, checkpoints: ${name}`, () => {
    const newFolder = temporaryFolders();
    const opened: ReadStore[] = [];
    const openAt = (folder: string): ReadStore => {
      const store = open(folder);
      opened.push(store);
      return store;
    };
    const setup = async (folder = newFolder()): Promise<{ sut: ReadStore; generation: number }> => {
      const sut = openAt(folder);
      return { sut, generation: await activeGeneration(sut) };
    };

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });

    it('moves a checkpoint with the writes', async () => {
      const { sut, generation } = await setup();

      await sut.apply({ view, generation }, creates(0, 1), move(0, 7));

      expect(only(await sut.generations(view)).checkpoint).toEqual(point(7));
      expect((await sut.query({ view, limit: 1 })).asOf).toEqual(point(7));
      expect((await sut.aggregate({ view, by: [], limit: 1 })).asOf).toEqual(point(7));
    });

    it('keeps the mark that the consumer leaves with it', async () => {
      const { sut, generation } = await setup();

      await sut.apply({ view, generation }, [], { ...move(0, 7), marks: { 0: '1.0.6/an-id' } });
      expect(only(await sut.generations(view))).toMatchObject({ checkpoint: point(7), marks: { 0: '1.0.6/an-id' } });
      expect((await sut.query({ view, limit: 1 })).asOf).toEqual(point(7));
      await sut.apply({ view, generation }, [], move(7, 8));

      expect(only(await sut.generations(view)).marks).toEqual({});
      expect(only(await sut.generations(view)).checkpoint).toEqual(point(8));
    });

    it('moves the partitions that the step is about, and no other', async () => {
      const { sut, generation } = await setup();
      const step = (from: number[], to: number[], marks: Record<number, string> = {}) =>
        sut.apply({ view, generation }, [], { from: { epoch: 1, next: from }, to: { epoch: 1, next: to }, marks });
      await step([0, 0], [5, 0], { 0: '1.0.4/an-id' });

      expect(await step([0, 0], [0, 3], { 1: '1.1.2/an-id' })).not.toBe(false);
      expect(await step([0, 3], [6, 3])).toBe(false);

      expect(only(await sut.generations(view))).toMatchObject({
        checkpoint: { epoch: 1, next: [5, 3] },
        marks: { 0: '1.0.4/an-id', 1: '1.1.2/an-id' },
      });
    });

    it('writes nothing when another has moved it', async () => {
      const { sut, generation } = await setup();
      await sut.apply({ view, generation }, [], move(0, 7));

      expect(await sut.apply({ view, generation }, creates(0, 1), move(0, 1))).toBe(false);
      const otherEpoch = { from: { epoch: 2, next: [7] }, to: { epoch: 2, next: [8] } };
      expect(await sut.apply({ view, generation }, creates(0, 1), otherEpoch)).toBe(false);
      expect(await sut.count(view)).toBe(0);
      expect(only(await sut.generations(view)).checkpoint).toEqual(point(7));
    });

    it('lets one of two racing consumers go on', async () => {
      const folder = newFolder();
      const { sut, generation } = await setup(folder);
      const other = openAt(folder);

      const answers = await Promise.all([
        sut.apply({ view, generation }, creates(0, 5), move(0, 5)),
        other.apply({ view, generation }, creates(0, 5), move(0, 5)),
      ]);

      expect(answers.filter((answer) => answer === false)).toHaveLength(1);
      expect(await sut.count(view)).toBe(5);
    });
  });
}
