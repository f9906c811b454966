import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StateDocument, StateKey, StateStore } from '../../src/storage/state-store/state-store.port.js';
import { temporaryFolders } from './temporary-folder.js';

const KEY: StateKey = { collection: 'keys', id: 'a' };

/** What every state store owes to those who use it. `open` is called again on the same folder to reopen. */
export function describeStateStore(name: string, open: (folder: string) => Promise<StateStore>): void {
  describe(`state store: ${name}`, () => {
    const newFolder = temporaryFolders();
    const opened: StateStore[] = [];

    const openAt = async (folder: string): Promise<StateStore> => {
      const store = await open(folder);
      opened.push(store);
      return store;
    };
    const setup = (): Promise<StateStore> => openAt(newFolder());

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });

    describe('compare-and-set', () => {
      it('creates a document as version 1 and counts each change', async () => {
        const sut = await setup();

        expect(await sut.put({ ...KEY, expected: 0, value: { n: 1 } })).toEqual(document(1, { n: 1 }));
        expect(await sut.put({ ...KEY, expected: 1, value: { n: 2 } })).toEqual(document(2, { n: 2 }));
        expect(await sut.get(KEY)).toEqual(document(2, { n: 2 }));
      });

      it.each([
        ['creates what is there', 0],
        ['expects an older version', 1],
        ['expects a newer version', 3],
      ])('changes nothing for one who %s', async (_, expected) => {
        const sut = await setup();
        await sut.put({ ...KEY, expected: 0, value: {} });
        await sut.put({ ...KEY, expected: 1, value: { kept: true } });

        expect(await sut.put({ ...KEY, expected, value: null, events: [{ id: 'e' }] })).toBeUndefined();
        expect(await sut.put({ ...KEY, expected, value: {}, events: [{ id: 'e' }] })).toBeUndefined();
        expect(await sut.get(KEY)).toEqual(document(2, { kept: true }));
        expect(await sut.withOutbox(10)).toEqual([]);
      });

      it('does not change what is not there', async () => {
        const sut = await setup();

        expect(await sut.put({ ...KEY, expected: 1, value: {} })).toBeUndefined();
        expect(await sut.put({ ...KEY, expected: 1, value: null })).toBeUndefined();
        expect(await sut.get(KEY)).toBeUndefined();
      });

      it('lets exactly one of many racing writers win each version', async () => {
        const sut = await setup();
        const race = (expected: number): Promise<(StateDocument | undefined)[]> =>
          Promise.all(
            Array.from({ length: 20 }, (_, writer) => sut.put({ ...KEY, expected, value: { writer, expected } })),
          );

        for (const expected of [0, 1, 2]) {
          const winners = (await race(expected)).filter((answer) => answer !== undefined);
          expect(winners).toEqual([await sut.get(KEY)]);
        }
      });

      it('deletes, and begins again with version 1', async () => {
        const sut = await setup();
        await sut.put({ ...KEY, expected: 0, value: {} });

        expect(await sut.put({ ...KEY, expected: 1, value: null })).toEqual(document(0, {}));
        expect(await sut.get(KEY)).toBeUndefined();
        expect(await sut.list('keys')).toEqual([]);
        expect(await sut.put({ ...KEY, expected: 0, value: { again: true } })).toEqual(document(1, { again: true }));
      });

      it('deletes what is not there only for whoever expects nothing there', async () => {
        const sut = await setup();

        expect(await sut.put({ ...KEY, expected: 0, value: null })).toEqual(document(0, {}));
        expect(await sut.put({ ...KEY, expected: 1, value: null })).toBeUndefined();
        await sut.put({ ...KEY, expected: 0, value: {} });
        expect(await sut.put({ ...KEY, expected: 0, value: null })).toBeUndefined();
        expect(await sut.get(KEY)).toEqual(document(1, {}));
      });

      it('keeps any JSON value as it is', async () => {
        const sut = await setup();
        await fc.assert(
          fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.uuid(), async (value, id) => {
            const plain = JSON.parse(JSON.stringify(value)) as typeof value;
            await sut.put({ collection: 'any', id, expected: 0, value: plain as StateDocument['value'] });
            expect((await sut.get({ collection: 'any', id }))?.value).toEqual(plain);
          }),
          { numRuns: 50 },
        );
      });
    });

    describe('many at once', () => {
      it('gets documents in the order asked', async () => {
        const sut = await setup();
        await sut.createMany([create('a'), create('b'), create('c')]);

        const found = await sut.getMany(['c', 'absent', 'a', 'c'].map((id) => ({ collection: 'keys', id })));

        expect(found.map((one) => one?.id)).toEqual(['c', undefined, 'a', 'c']);
      });

      it('creates what is missing and answers with the winner of what is not', async () => {
        const sut = await setup();
        await sut.createMany([create('a', 'first')]);

        const answers = await sut.createMany([create('b', 'second'), create('a', 'second'), create('b', 'third')]);

        expect(answers.map(({ id, version, value }) => [id, version, value['by']])).toEqual([
          ['b', 1, 'second'],
          ['a', 1, 'first'],
          ['b', 1, 'second'],
        ]);
      });

      it('gives racing creators the same documents', async () => {
        const sut = await setup();
        const ids = Array.from({ length: 50 }, (_, n) => `s-${n}`);

        const answers = await Promise.all(['x', 'y', 'z'].map((by) => sut.createMany(ids.map((id) => create(id, by)))));

        expect(answers[1]).toEqual(answers[0]);
        expect(answers[2]).toEqual(answers[0]);
        expect(await sut.createMany([])).toEqual([]);
      });

      it('lists a collection by id in pages, its own writes included', async () => {
        const sut = await setup();
        await sut.createMany(['d', 'b', 'a', 'e', 'c'].map((id) => create(id)));
        await sut.createMany([{ collection: 'other', id: 'b2', value: {} }]);
        await sut.put({ collection: 'keys', id: 'b', expected: 1, value: null });

        const first = await sut.list('keys', { limit: 2 });
        const second = await sut.list('keys', { after: 'c', limit: 2 });

        expect(first.map(({ id }) => id)).toEqual(['a', 'c']);
        expect(second.map(({ id }) => id)).toEqual(['d', 'e']);
        expect(await sut.list('keys', { after: 'e' })).toEqual([]);
      });

      it('lists a collection backwards', async () => {
        const sut = await setup();
        await sut.createMany(['d', 'b', 'a', 'c'].map((id) => create(id)));
        await sut.createMany([{ collection: 'other', id: 'b2', value: {} }]);

        const first = await sut.list('keys', { descending: true, limit: 3 });
        const second = await sut.list('keys', { descending: true, after: 'b', limit: 3 });

        expect(first.map(({ id }) => id)).toEqual(['d', 'c', 'b']);
        expect(second.map(({ id }) => id)).toEqual(['a']);
      });

      it('lists at most a thousand unless told otherwise', async () => {
        const sut = await setup();
        await sut.createMany(Array.from({ length: 1001 }, (_, n) => create(`k-${String(n).padStart(4, '0')}`)));

        expect(await sut.list('keys')).toHaveLength(1000);
        expect(await sut.list('keys', { limit: 2000 })).toHaveLength(1001);
      });
    });

    describe('outbox', () => {
      it('holds the events of each change with the document, in order', async () => {
        const sut = await setup();
        await sut.put({ ...KEY, expected: 0, value: {}, events: [{ id: 'e1', n: 1 }] });
        await sut.put({ ...KEY, expected: 1, value: {}, events: [{ id: 'e0', n: 2 }, { id: 'e3' }] });

        const outbox = [{ id: 'e1', n: 1 }, { id: 'e0', n: 2 }, { id: 'e3' }];
        expect(await sut.get(KEY)).toEqual({ ...document(2, {}), outbox });
        expect(await sut.withOutbox(10)).toEqual([{ ...document(2, {}), outbox }]);
      });

      it('names documents by their oldest waiting event', async () => {
        const sut = await setup();
        for (const id of ['c', 'a', 'b']) {
          await sut.put({ collection: 'keys', id, expected: 0, value: {}, events: [{ id: `of ${id}` }] });
        }
        await sut.put({ collection: 'keys', id: 'c', expected: 1, value: {}, events: [{ id: 'later' }] });

        expect((await sut.withOutbox(2)).map(({ id }) => id)).toEqual(['c', 'a']);
      });

      it('lets go of events one by one, and does not mind those that are gone', async () => {
        const sut = await setup();
        await sut.put({ ...KEY, expected: 0, value: {}, events: [{ id: 'e1' }, { id: 'e2' }] });

        await sut.clearOutbox(KEY, ['e1', 'never there']);
        expect((await sut.get(KEY))?.outbox).toEqual([{ id: 'e2' }]);
        await sut.clearOutbox(KEY, ['e1', 'e2']);
        await sut.clearOutbox(KEY, []);

        expect(await sut.get(KEY)).toEqual(document(1, {}));
        expect(await sut.withOutbox(10)).toEqual([]);
      });

      it('keeps the events of a deleted document', async () => {
        const sut = await setup();
        await sut.put({ ...KEY, expected: 0, value: {}, events: [{ id: 'issued' }] });

        const deleted = await sut.put({ ...KEY, expected: 1, value: null, events: [{ id: 'revoked' }] });

        const left = { ...document(0, {}), outbox: [{ id: 'issued' }, { id: 'revoked' }] };
        expect(deleted).toEqual(left);
        expect(await sut.withOutbox(10)).toEqual([left]);
        await sut.clearOutbox(KEY, ['issued', 'revoked']);
        expect(await sut.withOutbox(10)).toEqual([]);
      });
    });

    it('keeps everything when it is closed and opened again', async () => {
      const folder = newFolder();
      const first = await openAt(folder);
      await first.put({ ...KEY, expected: 0, value: { n: 1 }, events: [{ id: 'e' }] });
      await first.close();

      const sut = await openAt(folder);

      expect(await sut.get(KEY)).toEqual({ ...document(1, { n: 1 }), outbox: [{ id: 'e' }] });
    });
  });
}

function document(version: number, value: StateDocument['value']): StateDocument {
  return { ...KEY, version, value, outbox: [] };
}

function create(id: string, by = 'test'): StateKey & { value: StateDocument['value'] } {
  return { collection: 'keys', id, value: { by } };
}
