import { KeytrailError } from '../../domain/errors.js';
import type { Secret } from '../../domain/secret.js';
import { HttpTransport } from './http-transport.js';
import type { Transport } from './transport.js';

export interface WantedService {
  readonly url: string | undefined;
  /** Absolute. */
  readonly folder: string;
  readonly key: Secret<string> | undefined;
  /** Only in this process, as the user of this host. */
  readonly asHost: boolean;
  /** Whether a folder that does not exist is made. */
  readonly mayCreate: boolean;
}

/** What can be found out about data folders, and done with them. */
export interface Folders {
  exists(folder: string): boolean;
  /** Who holds the folder now, and where it listens; `undefined` when nobody does. */
  holder(folder: string): { readonly address?: string; readonly pid: number } | undefined;
  /** Starts the service in this process, without listening. */
  open(folder: string): Promise<Transport>;
  /** Waits a little for another command to be done. */
  pause(): Promise<unknown>;
}

/** How often a holder that does not listen is looked at again: it is another command, or a service that starts. */
const PATIENCE = 50;

/**
 * The way to the service that the options name: its address, or that of the service that holds the folder, or the folder
 * itself when nobody holds it.
 * @throws KeytrailError CLI.*, STORAGE.FOLDER_IN_USE
 */
export async function chooseTransport(wanted: WantedService, folders: Folders): Promise<Transport> {
  const { url, folder, asHost } = wanted;
  if (url !== undefined) {
    if (!asHost) return overHttp(url, wanted.key);
    throw new KeytrailError('CLI.USAGE', {
      errors: ['this works on the data folder of this host only, without --url'],
    });
  }
  const holder = await settledHolder(folder, folders);
  if (holder?.address !== undefined && !asHost) return overHttp(holder.address, wanted.key);
  if (holder) throw new KeytrailError('STORAGE.FOLDER_IN_USE', { folder, ...holder });
  if (!wanted.mayCreate && !folders.exists(folder)) throw new KeytrailError('CLI.NO_DATA_FOLDER', { folder });
  return folders.open(folder);
}

async function settledHolder(folder: string, folders: Folders): Promise<ReturnType<Folders['holder']>> {
  let holder = folders.holder(folder);
  for (let tries = 0; holder && holder.address === undefined && tries < PATIENCE; tries += 1) {
    await folders.pause();
    holder = folders.holder(folder);
  }
  return holder;
}

function overHttp(address: string, key: Secret<string> | undefined): Transport {
  // The address first: one that holds a credential is refused, and never repeated.
  const transport = new HttpTransport(address, key);
  if (!key) throw new KeytrailError('CLI.KEY_MISSING', { service: transport.place });
  return transport;
}
