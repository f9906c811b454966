import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../src/config/read-config.js';
import { Projector } from '../../src/consuming/projector.port.js';
import { WorkerThread } from '../../src/platform/worker-threads/worker-thread.js';
import { Service } from '../../src/service.js';
import { awaitUntil } from '../support/await-until.js';

let folder: string;
let service: Service;
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keytrail-projector-'));
  const { config } = readConfig({ KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0' });
  service = await Service.open(config, { logDestination: { write: (line) => void lines.push(line) } });
  service.platform.health.report('http', { state: 'working' });
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(() => {
  jest.restoreAllMocks();
});

async function ask(url: string, payload?: object): Promise<{ readonly status: number; readonly body: string }> {
  const answer = await service.application.inject({
    url,
    method: payload ? 'POST' : 'GET',
    headers: service.hostHeaders(),
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.body };
}

const lag = (metrics: string): number =>
  Number(/^keytrail_consumer_lag_events\{consumer="projector"\} (\d+)$/m.exec(metrics)?.[1]);

describe("the end of the projector's thread", () => {
  it('makes the service not ready and the lag grow, is logged, and is over by itself', async () => {
    const projector = service.application.get(Projector, { strict: false });
    const calls = jest.spyOn(WorkerThread.prototype, 'call');
    await projector.caughtUp();
    await awaitUntil('a ready service', async () => (await ask('/readyz')).status === 200);
    const thread = calls.mock.contexts[calls.mock.calls.findIndex(([method]) => method === 'caughtUp')] as WorkerThread;
    const down = new Promise<readonly number[]>((resolve) => {
      const unsubscribe = projector.subscribe(({ state }) => {
        if (state !== 'failing') return;
        unsubscribe();
        const event = {
          action: 'secret.read',
          outcome: 'success',
          actor: { kind: 'unknown' },
          secrets: [{ store: 'app', path: 'a' }],
        };
        // Recording goes on, and everything that is told is measured before the thread begins again.
        void Promise.all([ask('/readyz'), ask('/v1/events', event).then(() => ask('/metrics'))]).then(
          ([ready, metrics]) => {
            resolve([ready.status, lag(metrics.body)]);
          },
        );
      });
    });

    await thread.kill();

    const [status, behind] = await down;
    expect(status).toBe(503);
    expect(behind).toBeGreaterThan(0);
    await projector.caughtUp();
    await awaitUntil('a ready service', async () => (await ask('/readyz')).status === 200);
    const told = lines.map((line) => JSON.parse(line) as { event: string; part?: string });
    expect(told).toContainEqual(expect.objectContaining({ event: 'consumer.restarted', restarts: 1 }));
    expect(told).toContainEqual(expect.objectContaining({ event: 'health.failed', part: 'projector' }));
    expect((await ask('/v1/events?secret=a')).body).toContain('"path":"a"');
  });
});
