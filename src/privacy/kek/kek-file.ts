import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeytrailError } from '../../domain/errors.js';
import { formatKekRing, parseKekRing, type KekRing } from './kek.js';

const PRIVATE = 0o600;
const OTHERS = 0o077;

/** Where the key-encryption key lies: `kek` in the data folder, or the operator's own file. Never in a database. */
export class KekFile {
  constructor(
    private readonly path: string,
    /** An operator's file is never made here: a missing one is a mistake in the setting. */
    readonly madeByOperator: boolean,
  ) {}

  static in(dataFolder: string, operatorsFile: string | undefined): KekFile {
    return new KekFile(operatorsFile ?? join(dataFolder, 'kek'), operatorsFile !== undefined);
  }

  /** Where to look, in words that name no path of this machine. */
  get place(): string {
    return this.madeByOperator ? 'the file named by KEYTRAIL_KEK_FILE' : 'kek in the data folder';
  }

  /** `undefined` when there is no file. */
  async read(): Promise<KekRing | undefined> {
    const text = await this.#text();
    return text === undefined ? undefined : parseKekRing(text);
  }

  /** True when the file's mode lets others than its owner read or write it. */
  async isOpenToOthers(): Promise<boolean> {
    const { mode } = await stat(this.path);
    return (mode & OTHERS) !== 0;
  }

  /** Writes the file, in one step: a crash leaves the old one or the new one, whole. */
  async write(ring: KekRing): Promise<void> {
    const draft = await this.#draft(ring);
    try {
      await rename(draft, this.path);
      await this.#syncFolder();
    } catch {
      await rm(draft, { force: true });
      throw notWritable(this.place);
    }
  }

  async #text(): Promise<string | undefined> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw new KeytrailError('PRIVACY.KEK_MISSING', { place: this.place, problem: 'it cannot be read' });
    }
  }

  async #draft(ring: KekRing): Promise<string> {
    const draft = `${this.path}.${randomUUID()}`;
    let file: FileHandle | undefined;
    try {
      file = await open(draft, 'wx', PRIVATE);
      await file.writeFile(formatKekRing(ring));
      await file.sync();
      return draft;
    } catch {
      await rm(draft, { force: true });
      throw notWritable(this.place);
    } finally {
      await file?.close();
    }
  }

  /** The new name is durable only when the folder is. */
  async #syncFolder(): Promise<void> {
    const folder = await open(dirname(this.path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

function notWritable(place: string): KeytrailError {
  return new KeytrailError('PRIVACY.KEK_NOT_WRITABLE', { place });
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
