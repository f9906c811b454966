import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { KeytrailError } from '../../domain/errors.js';
import { Drafts } from './drafts.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTFILE: 'it is no regular file',
};

/**
 * A file that appears whole or not at all: it is written beside its place, readable by this user only, and moved there
 * at the end. What was there is replaced. Each has a draft of its own: of several written to one place the last one stays.
 */
export class OutputFile {
  static readonly #drafts = new Drafts();
  #finished = false;

  private constructor(
    private readonly path: string,
    private readonly draft: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws KeytrailError CLI.FILE_UNWRITABLE */
  static async create(path: string): Promise<OutputFile> {
    return guarded(path, async () => {
      await refuseSpecial(path);
      const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
      OutputFile.#drafts.add(draft);
      try {
        return new OutputFile(path, draft, await open(draft, 'wx', 0o600));
      } catch (error) {
        OutputFile.#drafts.remove(draft);
        throw error;
      }
    });
  }

  /** Finds out whether a file may be written there, before the work that fills it. @throws KeytrailError CLI.FILE_UNWRITABLE */
  static async probe(path: string): Promise<void> {
    await (await OutputFile.create(path)).discard();
  }

  async write(bytes: Uint8Array): Promise<void> {
    await guarded(this.path, async () => {
      for (let from = 0; from < bytes.length;) from += (await this.file.write(bytes, from)).bytesWritten;
    });
  }

  async finish(): Promise<void> {
    await guarded(this.path, async () => {
      await this.file.sync();
      await this.file.close();
      await rename(this.draft, this.path);
    });
    OutputFile.#drafts.remove(this.draft);
    this.#finished = true;
  }

  /** Takes an unfinished file away. */
  async discard(): Promise<void> {
    if (this.#finished) return;
    await this.file.close().catch(() => undefined);
    await rm(this.draft, { force: true });
    OutputFile.#drafts.remove(this.draft);
  }
}

/** A device or a pipe would be replaced by a file under its name. */
async function refuseSpecial(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found || found.isFile() || found.isSymbolicLink() || found.isDirectory()) return;
  throw Object.assign(new Error(), { code: 'ENOTFILE' });
}

async function guarded<Result>(file: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new KeytrailError('CLI.FILE_UNWRITABLE', { file, reason: REASONS[code] ?? code });
  }
}
