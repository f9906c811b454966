import { afterEach, describe, expect, it } from '@jest/globals';
import { awaitUntil } from '../support/await-until.js';
import { RunningService } from '../support/running-service.js';

const FILE_SIZE = 3_000_000;
const BATCH = 100;

interface Recorded {
  readonly items: readonly { readonly ids: readonly string[] }[];
}

interface Counts {
  readonly events: number;
  readonly lag: { readonly events: number };
}

let service: RunningService | undefined;

afterEach(async () => {
  await service?.dispose();
});

/** Records until the service refuses. Answers with what was acknowledged, and the refusal. */
async function recordUntilRefused(target: RunningService, people: number) {
  const acknowledged = new Set<string>();
  for (let from = 0; ; from += BATCH) {
    const begun = performance.now();
    const answer = await post(target, batch(from, people));
    if (!answer.ok) return { acknowledged, answer, from, ms: performance.now() - begun };
    const { items } = (await answer.json()) as Recorded;
    for (const id of items.flatMap(({ ids }) => ids)) acknowledged.add(id);
  }
}

function post(target: RunningService, records: readonly object[]): Promise<Response> {
  return target.fetch('/v1/sources/generic-json/records', { method: 'POST', body: JSON.stringify(records) });
}

function batch(from: number, people: number): readonly object[] {
  return Array.from({ length: BATCH }, (_, index) => ({
    timestamp: new Date(Date.UTC(2026, 0, 1) + (from + index) * 1000).toISOString(),
    event_id: `event-${from + index}`,
    event_type: 'secret_access',
    user_id: `user_${(from + index) % people}`,
    secret_name: 'stripe_api_key',
    action: 'read',
    success: true,
  }));
}

describe('a disk that is full', () => {
  it.each([
    ['event_log', 10],
    ['state_store', 1_000_000],
  ])(
    'of the %s: what is not recorded is refused in time, and all goes on once there is space',
    async (store, people) => {
      const running = (service = await RunningService.start({ fileSize: FILE_SIZE }));

      const { acknowledged, answer, from, ms } = await recordUntilRefused(running, people);

      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/^STORAGE\./) as unknown, store });
      expect(ms).toBeLessThan(10_000);
      expect(acknowledged.size).toBe(from);

      running.freeSpace();
      const again = await awaitUntil('the service to go on', async () => {
        const tried = await post(running, batch(from, people));
        return tried.ok && tried;
      });
      expect(await again.json()).toMatchObject({ recorded: BATCH, duplicates: 0 });

      const counts = await awaitUntil('the views to show all', async () => {
        const asked = await running.fetch('/v1/events/counts?by=action');
        const shown = asked.ok && ((await asked.json()) as Counts);
        return shown && shown.events >= from + BATCH && shown;
      });
      expect(counts.events).toBe(from + BATCH);
      expect(await post(running, batch(0, people)).then((answered) => answered.json())).toMatchObject({
        recorded: 0,
        duplicates: BATCH,
      });
    },
  );
});
