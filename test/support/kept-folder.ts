import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../fixtures/data-folders/', import.meta.url));
/** What was recorded into the folders, and the settings of its sources. */
export const RECORDS = join(ROOT, 'records');

/** A row of the event log: its place, and SHA-256 of its bytes. */
export interface LogRow {
  readonly position: number;
  readonly day: number;
  readonly id: string;
  readonly entry: string;
  readonly encrypted: string;
}

export interface ShownEvent {
  readonly position: number;
  readonly id: string;
  readonly action: string;
  readonly outcome: string;
  readonly secrets?: readonly string[];
  readonly identity: object;
}

/** A file that was recorded; `again`: what it counts when it is sent once more. */
export interface KeptDelivery {
  readonly source: string;
  readonly instance?: string;
  readonly file: string;
  /** The holder of the key that sends it; absent = the user of the host. */
  readonly by?: string;
  readonly code: number;
  readonly again: Readonly<Record<string, number>>;
}

/** `expected.json`: see scripts/data-folder/describe-folder.js, which writes it. */
export interface Expected {
  readonly version: string;
  readonly made: { readonly zlib: string; readonly arch: string };
  readonly log: readonly LogRow[];
  readonly states: readonly { readonly collection: string; readonly documents: number }[];
  readonly events: readonly ShownEvent[];
  readonly answers: readonly { readonly path: string; readonly answer: object }[];
  readonly keys: readonly {
    readonly name: string;
    readonly text: string;
    readonly doors: Readonly<Record<string, number>>;
    readonly identities: boolean;
  }[];
  readonly deliveries: readonly KeptDelivery[];
  readonly posted: { readonly source: string; readonly file: string; readonly idempotencyKey: string };
  readonly canaries: readonly string[];
}

/** A data folder that an earlier version of Keytrail wrote, in a temporary folder of its own. */
export class KeptFolder {
  readonly data: string;
  readonly expected: Expected;
  readonly #temporary = mkdtempSync(join(tmpdir(), 'keytrail-kept-'));

  constructor(version: string) {
    const kept = join(ROOT, version);
    this.expected = JSON.parse(readFileSync(join(kept, 'expected.json'), 'utf8')) as Expected;
    this.data = join(this.#temporary, 'data');
    for (const file of filesOf(join(kept, 'data'))) {
      const path = join(this.data, file.replace(/\.gz$/, ''));
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, gunzipSync(readFileSync(join(kept, 'data', file))), { mode: 0o600 });
    }
  }

  /** The versions whose folders are kept. */
  static versions(): readonly string[] {
    return readdirSync(ROOT).filter((name) => /^\d/.test(name));
  }

  keyOf(name: string | undefined): string {
    const key = this.expected.keys.find((one) => one.name === name);
    if (!key) throw new Error(`no key of ${name ?? 'nobody'}`);
    return key.text;
  }

  /** The rows of the event log as they lie there, read past Keytrail. */
  log(): readonly LogRow[] {
    const rows = this.#rows(
      'events.sqlite',
      'SELECT position, day, id, entry, encrypted FROM events ORDER BY position',
    );
    return rows.map(({ position, day, id, entry, encrypted }) => ({
      position: Number(position),
      day: Number(day),
      id: Buffer.from(id as Uint8Array).toString('hex'),
      entry: sha256(entry as Uint8Array),
      encrypted: sha256(encrypted as Uint8Array),
    }));
  }

  /** The entries from a position on. */
  entriesFrom(position: number): readonly { readonly action: string; readonly actor: { readonly subject?: string } }[] {
    const rows = this.#rows(
      'events.sqlite',
      `SELECT entry FROM events WHERE position >= ${position} ORDER BY position`,
    );
    return rows.map(({ entry }) => JSON.parse(Buffer.from(entry as Uint8Array).toString('utf8')) as never);
  }

  /** Documents of the state store. */
  documents(collection: string): readonly unknown[] {
    const rows = this.#rows('state.sqlite', `SELECT value FROM documents WHERE collection = '${collection}'`);
    return rows.map(({ value }) => JSON.parse(String(value)) as unknown);
  }

  /** Ids of the data keys of a calendar quarter (`2026-Q2`). */
  dataKeys(quarter: string): readonly string[] {
    const rows = this.#rows('state.sqlite', "SELECT id FROM documents WHERE collection = 'data-keys' ORDER BY id");
    return rows.map(({ id }) => String(id)).filter((id) => id.includes(quarter));
  }

  dispose(): void {
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  #rows(file: string, query: string): readonly Record<string, unknown>[] {
    const database = new DatabaseSync(join(this.data, file), { readOnly: true });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  }
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
