import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/domain/canonical-json.js';
import { awaitUntil } from '../support/await-until.js';
import { RunningService } from '../support/running-service.js';

/** Once in CI; `npm run soak` asks for fifty. */
const ROUNDS = Number(process.env['KEYTRAIL_CRASH_ROUNDS'] ?? 3);
const WRITERS = 4;

interface Recorded {
  readonly items: readonly { readonly status: string; readonly ids: readonly string[] }[];
}

let service: RunningService | undefined;

afterAll(async () => {
  await service?.dispose();
});

describe('kill -9 under load', () => {
  it(`keeps every acknowledged event, once, over ${ROUNDS} rounds`, async () => {
    const acknowledged = new Set<string>();
    let next = 0;

    let running = (service = await RunningService.start());
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = acknowledged.size;
      const target = running;
      const writers = Array.from({ length: WRITERS }, () => write(target, () => next++, acknowledged));
      // A different moment in each round: the more is acknowledged, the later within a commit or a projection.
      await awaitUntil('events to be acknowledged', () => acknowledged.size > before + 40 + round * 37);
      await target.kill();
      await Promise.all(writers);
      running = service = await RunningService.start({ folder: target.folder });
    }

    const stored = storedEntries(running.folder);
    const ids = stored.map((text) => (JSON.parse(text) as { id: string }).id);
    const shown = await shownIds(running, ids.length);

    expect(acknowledged.size).toBeGreaterThan(ROUNDS * 40);
    expect(ids.filter((id) => acknowledged.has(id)).toSorted()).toEqual([...acknowledged].toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    expect(stored.filter((text) => canonicalJson(JSON.parse(text)) !== text)).toEqual([]);
    expect(ids.filter((id) => !shown.has(id))).toEqual([]);
  }, 1_800_000);
});

/** Posts small batches until the service is gone; remembers what was acknowledged. */
async function write(target: RunningService, next: () => number, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    const records = Array.from({ length: 10 }, () => record(next()));
    try {
      const answer = await target.fetch('/v1/sources/generic-json/records', {
        method: 'POST',
        body: JSON.stringify(records),
      });
      if (!answer.ok) continue;
      const { items } = (await answer.json()) as Recorded;
      for (const id of items.flatMap((item) => item.ids)) acknowledged.add(id);
    } catch {
      return;
    }
  }
}

function record(n: number): object {
  return {
    timestamp: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    event_type: 'secret_access',
    user_id: `user_${n % 7}`,
    secret_name: `secret_${n}`,
    environment: 'production',
    action: 'read',
    ip_address: '192.0.2.10',
    success: true,
  };
}

function storedEntries(folder: string): string[] {
  const database = new DatabaseSync(join(folder, 'events.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT position, entry FROM events ORDER BY position').all();
  database.close();
  expect(rows.map((row) => Number(row['position']))).toEqual(rows.map((_, index) => index));
  return rows.map((row) => Buffer.from(row['entry'] as Uint8Array).toString('utf8'));
}

/** The ids of all events that queries show, once the views have caught up with the log. */
async function shownIds(target: RunningService, atLeast: number): Promise<Set<string>> {
  return awaitUntil('the views to show the whole log', async () => {
    const answer = await target.fetch('/v1/events/export?format=ndjson&own=true');
    const lines = (await answer.text()).trim().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { id?: string }).id).filter((id) => id !== undefined);
    return ids.length >= atLeast && new Set(ids);
  });
}
