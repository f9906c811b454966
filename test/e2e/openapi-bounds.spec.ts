import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiDescription } from '../support/api-description.js';
import {
  edgesOf,
  neededQuery,
  NOTHING,
  outsideBodies,
  outsideParameters,
  type OutsideRequest,
} from '../support/outside-requests.js';
import { TrailRoom, type Answered } from '../support/trail-room.js';

const WAIT_MS = 120_000;
const ID = '00000000-0000-4000-8000-000000000000';
const PATHS: Readonly<Record<string, string>> = { kind: 'generic-json', subject: 'sub_00000000000000000000' };
const REFUSED = [400, 404, 415];

/** What each operation with a body takes at least. */
const BODIES: Readonly<Record<string, object>> = {
  '/v1/keys': { name: 'a', kind: 'person', role: 'log_writer' },
  '/v1/keys/recover': { name: 'a' },
  '/v1/filters': { title: 'a', filter: {} },
  '/v1/dead-letters/close': { ids: ['a'], reason: 'a' },
  '/v1/reports': { kind: 'secret-activity', from: '2026-01-01', to: '2026-01-02' },
  '/v1/views/rebuild': {},
};

let room: TrailRoom;
let description: ApiDescription;

beforeAll(async () => {
  room = await TrailRoom.open();
  description = await room.description();
});

afterAll(() => room.close());

type Told = Answered<{ readonly errors?: readonly string[] } | undefined>;

function ask({ place, sent }: OutsideRequest): Promise<Told> {
  const { query = [], path: parts = {}, headers = {}, body = BODIES[place.path] } = sent;
  const url = place.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parts[name] ?? PATHS[name] ?? ID),
  );
  const needed = neededQuery(place, query, (schema) => description.resolve(schema));
  const search = new URLSearchParams(
    [...needed, ...query].map(([name, value]): [string, string] => [name, value]),
  ).toString();
  const withBody = place.method !== 'GET' && body !== undefined && body !== NOTHING;
  return room.ask(`${url}?${search}`, {
    method: place.method as 'GET',
    headers,
    ...(withBody && { body: JSON.stringify(body) }),
  });
}

/** Those that were not refused. */
async function takenOf(requests: readonly OutsideRequest[]): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const request of requests) {
    const { status } = await ask(request);
    const { method, path } = request.place;
    if (!REFUSED.includes(status)) taken.push(`${method} ${path} ${request.fault.slice(0, 80)}: ${status}`);
  }
  return taken;
}

describe('what is outside of what is described is refused:', () => {
  it.each([
    ['query', 500],
    ['path', 20],
    ['header', 10],
  ] as const)(
    'in a %s',
    async (where, least) => {
      const requests = outsideParameters(description, where);

      expect(await takenOf(requests)).toEqual([]);
      expect(requests.length).toBeGreaterThan(least);
    },
    WAIT_MS,
  );

  it(
    'in a body',
    async () => {
      const requests = outsideBodies(description, BODIES);

      expect(await takenOf(requests)).toEqual([]);
      expect(new Set(requests.map(({ place }) => place.path))).toEqual(new Set(Object.keys(BODIES)));
      const readAsClasses = description.places.filter(
        ({ operation }) => operation.requestBody && !operation.requestBody.content['application/x-ndjson'],
      );
      expect(readAsClasses.map(({ path }) => path).sort()).toEqual(Object.keys(BODIES).sort());
    },
    WAIT_MS,
  );

  it('and so is a parameter that is not described', async () => {
    const described = description.places.filter(({ operation }) =>
      operation.parameters?.some((one) => one.in === 'query'),
    );
    const requests = described.map((place) => ({
      place,
      fault: 'unknown',
      sent: { query: [['unknown', '1'] as const] },
    }));

    expect(await takenOf(requests)).toEqual([]);
  });
});

it(
  'what is described as the edge of what is taken, is taken',
  async () => {
    for (const request of edgesOf(description)) {
      const { body } = await ask(request);
      const faults = body?.errors?.filter((error) => new RegExp(`\\b${request.fault}(:| must)`).test(error)) ?? [];
      expect([request.place.path, request.sent.query, faults]).toEqual([request.place.path, request.sent.query, []]);
    }
  },
  WAIT_MS,
);
