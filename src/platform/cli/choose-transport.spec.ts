import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../domain/secret.js';
import { chooseTransport, type Folders, type WantedService } from './choose-transport.js';
import { HttpTransport } from './http-transport.js';
import type { Transport } from './transport.js';

type Holder = ReturnType<Folders['holder']>;

function setup(...holders: readonly Holder[]) {
  const left = [...holders];
  const opened: string[] = [];
  const folders: Folders = {
    exists: (folder) => folder !== '/missing',
    holder: () => (left.length > 1 ? left.shift() : left[0]),
    open: (folder) => {
      opened.push(folder);
      return Promise.resolve({ place: folder } as Transport);
    },
    pause: () => Promise.resolve(),
  };
  const choose = (wanted: Partial<WantedService> = {}) =>
    chooseTransport(
      { url: undefined, folder: '/data', key: new Secret('kt_x'), asHost: false, mayCreate: false, ...wanted },
      folders,
    );
  return { choose, opened };
}

describe(chooseTransport.name, () => {
  const listening = { pid: 1, address: 'http://127.0.0.1:7420' };

  it('goes to the address given, or to that of the service that holds the folder', async () => {
    expect(await setup().choose({ url: 'http://127.0.0.1:1' })).toBeInstanceOf(HttpTransport);
    expect(await setup(listening).choose()).toMatchObject({ place: 'http://127.0.0.1:7420' });
  });

  it('opens a folder that nobody holds', async () => {
    const { choose, opened } = setup();

    await choose();
    await choose({ asHost: true });
    await choose({ folder: '/missing', mayCreate: true });

    expect(opened).toEqual(['/data', '/data', '/missing']);
  });

  it('waits for another command to be done, and for a service to listen, within bounds', async () => {
    const other = { pid: 1 };
    const { choose, opened } = setup(other, other, undefined);
    await choose();
    expect(opened).toEqual(['/data']);

    expect(await setup(other, listening).choose()).toBeInstanceOf(HttpTransport);
    await expect(setup(other).choose()).rejects.toMatchObject({ code: 'STORAGE.FOLDER_IN_USE' });
  });

  it('says what is missing', async () => {
    await expect(setup(listening).choose({ key: undefined })).rejects.toMatchObject({ code: 'CLI.KEY_MISSING' });
    await expect(setup().choose({ folder: '/missing' })).rejects.toMatchObject({ code: 'CLI.NO_DATA_FOLDER' });
  });

  it('repeats no credential that stands in an address', async () => {
    for (const url of ['https://kt_secret@keytrail.example.com', 'https://keytrail.example.com/?key=kt_secret']) {
      const refused = setup().choose({ url, key: undefined });
      await expect(refused).rejects.toMatchObject({ code: 'CLI.USAGE' });
      await refused.catch((error: unknown) => {
        expect(JSON.stringify(error)).not.toContain('kt_secret');
      });
    }
  });

  it('does what only the host may do on a free folder only', async () => {
    await expect(setup(listening).choose({ asHost: true })).rejects.toMatchObject({ code: 'STORAGE.FOLDER_IN_USE' });
    await expect(setup().choose({ asHost: true, url: 'http://x' })).rejects.toMatchObject({ code: 'CLI.USAGE' });
  });
});
