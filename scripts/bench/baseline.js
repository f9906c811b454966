// Baselines taken in the same run on the same machine: node:sqlite alone, with the same bytes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SAMPLE = 100_000;

/** Rows of the event log that a run has written. */
function sampleRows(folder) {
  const database = new DatabaseSync(join(folder, 'events.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT position, day, id, entry, encrypted FROM events ORDER BY position LIMIT ?');
  const sample = rows.all(SAMPLE);
  database.close();
  return sample;
}

/** Rows a second of bare group commits of a thousand of the same bytes, durable as the log is. */
export function bareGroupCommits(folder) {
  const rows = sampleRows(folder);
  const scratch = mkdtempSync(join(tmpdir(), 'keytrail-baseline-'));
  const database = new DatabaseSync(join(scratch, 'bare.sqlite'));
  database.exec('PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(
    'CREATE TABLE events (position INTEGER PRIMARY KEY, day INTEGER NOT NULL, id BLOB NOT NULL, entry BLOB NOT NULL, encrypted BLOB NOT NULL, UNIQUE (day, id)) STRICT',
  );
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?)');
  const begin = performance.now();
  for (let from = 0; from < rows.length; from += 1000) {
    database.exec('BEGIN');
    for (const row of rows.slice(from, from + 1000)) {
      insert.run(row.position, row.day, row.id, row.entry, row.encrypted);
    }
    database.exec('COMMIT');
  }
  const seconds = (performance.now() - begin) / 1000;
  database.close();
  rmSync(scratch, { recursive: true, force: true });
  return rows.length / seconds;
}
