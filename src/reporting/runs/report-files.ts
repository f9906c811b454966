import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { KeytrailConfig } from '../../config/keytrail.config.js';
import { KeytrailError } from '../../domain/errors.js';
import type { StoredFile } from '../domain/report-run.js';

const UNFINISHED = '.unfinished';

/** The files of runs: a folder for each under `reports/` in the data folder, readable by the owner alone. */
@Injectable()
export class ReportFiles {
  readonly #root: string;

  constructor(config: KeytrailConfig) {
    this.#root = join(config.data, 'reports');
  }

  /** An empty folder to make the report in. */
  async begin(id: string): Promise<string> {
    const folder = this.#unfinished(id);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** The folder begun becomes the run's, whole or not at all. */
  async finish(id: string): Promise<void> {
    const folder = join(this.#root, id);
    await rm(folder, { recursive: true, force: true });
    await rename(this.#unfinished(id), folder);
  }

  async discard(id: string): Promise<void> {
    await rm(this.#unfinished(id), { recursive: true, force: true });
  }

  /** Removes a run's files for good. */
  async remove(id: string): Promise<void> {
    await rm(join(this.#root, id), { recursive: true, force: true });
  }

  /** Removes what a process that ended in the middle left behind. */
  async discardAll(): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    const left = names.filter((name) => name.endsWith(UNFINISHED));
    for (const name of left) await rm(join(this.#root, name), { recursive: true, force: true });
  }

  /** Where a finished file lies. Throws `REPORTING.FILE_LOST` when it is not there as it was made. */
  async path(id: string, file: StoredFile): Promise<string> {
    const path = join(this.#root, id, file.name);
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => undefined,
    );
    const isSame = bytes === file.bytes && (await sha256Of(path)) === file.sha256;
    if (!isSame) throw new KeytrailError('REPORTING.FILE_LOST', { file: file.name });
    return path;
  }

  #unfinished(id: string): string {
    return join(this.#root, `${id}${UNFINISHED}`);
  }
}

/** Lower-case hexadecimal; `undefined` when the file can't be read. */
async function sha256Of(path: string): Promise<string | undefined> {
  const digest = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  } catch {
    return undefined;
  }
  return digest.digest('hex');
}
