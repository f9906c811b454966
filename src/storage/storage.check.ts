import { stat } from 'node:fs/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DiagnosticCheck, type Finding } from '../platform/diagnostics/diagnostic-check.js';
import { DataFolder } from './data-folder/data-folder.js';
import { STORE_FILES } from './embedded-stores.js';
import { FileChecker } from './sqlite/file-checker.js';

/** Shorter than the doctor waits for a check. Milliseconds. */
const WAIT_MS = 3_500;
/** Reading a larger file would take minutes, and hold up a stop for as long. */
const BYTES_MOST = 4 * 1024 ** 3;
const OTHERS = 0o077;

const ADVICE = {
  events: 'Pages of events.sqlite are damaged. Keep a copy of it, then restore a backup: see STORAGE.DAMAGED.',
  state: 'Pages of state.sqlite are damaged. Keep a copy of it, then restore a backup: see STORAGE.DAMAGED.',
  views: 'Pages of read.sqlite are damaged. Stop the service, delete read.sqlite, and start: it is rebuilt.',
} as const;

type StoreName = keyof typeof STORE_FILES;

/** What the doctor says of the database files: whether they are whole, which nobody sees until a page is read, and private. */
@Injectable()
export class StorageCheck extends DiagnosticCheck implements OnApplicationShutdown {
  override readonly area = 'storage';
  readonly #checkers: ReadonlyMap<StoreName, FileChecker>;

  constructor(private readonly folder: DataFolder) {
    super();
    const names = Object.keys(STORE_FILES) as StoreName[];
    this.#checkers = new Map(names.map((name) => [name, new FileChecker(folder.file(STORE_FILES[name]))]));
  }

  override async run(): Promise<readonly Finding[]> {
    const wholeness = [...this.#checkers].map(([store, checker]) => this.#wholeness(store, checker));
    return Promise.all([...wholeness, this.#privacy()]);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#checkers.values()].map((checker) => checker.close()));
  }

  async #wholeness(store: StoreName, checker: FileChecker): Promise<Finding> {
    const name = `storage.${store}`;
    const { size: bytes } = await stat(this.folder.file(STORE_FILES[store]));
    const facts = { bytes };
    if (bytes > BYTES_MOST) {
      const advice = `Too large to be read now: in a quiet hour run PRAGMA quick_check on ${STORE_FILES[store]} with sqlite3.`;
      return { name, state: 'unknown', facts, advice };
    }
    const whole = await checker.look(WAIT_MS);
    if (whole === undefined)
      return { name, state: 'unknown', facts, advice: 'The file is still being read: ask again in a minute.' };
    return whole ? { name, state: 'good', facts } : { name, state: 'bad', facts, advice: ADVICE[store] };
  }

  /** A closed folder makes up for open files. */
  async #privacy(): Promise<Finding> {
    const name = 'storage.private';
    const paths = [this.folder.path, ...Object.values(STORE_FILES).map((file) => this.folder.file(file))];
    const [folder = 0, ...files] = await Promise.all(paths.map(async (path) => (await stat(path)).mode & OTHERS));
    const openToOthers = folder !== 0 && files.some((mode) => mode !== 0);
    const facts = { openToOthers };
    if (!openToOthers) return { name, state: 'good', facts };
    const advice = 'Others on this machine may read the database files, names included: chmod 700 the data folder.';
    return { name, state: 'warning', facts, advice };
  }
}
