// The load generator: a bounded number of requests at once over kept connections, in this process.
import { Agent, request } from 'node:http';

/**
 * Sends what `next` gives until it gives nothing.
 * @param {{url: string, key: string, path: string, concurrency: number, next: () => string | undefined}} options
 * @returns {Promise<{seconds: number, milliseconds: number[], ended: number[]}>} how long all took, each request, and when
 *   each ended: seconds from the start
 */
export async function send({ url, key, path, concurrency, next }) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const milliseconds = [];
  const ended = [];
  const target = new URL(path, url);
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, () => sender({ agent, target, key, next, milliseconds, ended, start: begin })),
  );
  agent.destroy();
  return { seconds: (performance.now() - begin) / 1000, milliseconds, ended };
}

async function sender({ agent, target, key, next, milliseconds, ended, start }) {
  for (let body = next(); body !== undefined; body = next()) {
    const begin = performance.now();
    const { status, text } = await post({ agent, target, key, body });
    if (status === 503) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    if (status !== 200) throw new Error(`the service answered ${status}: ${text.slice(0, 400)}`);
    const end = performance.now();
    milliseconds.push(end - begin);
    ended.push((end - start) / 1000);
  }
}

function post({ agent, target, key, body }) {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(target, { method: 'POST', agent, headers }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A value such that `share` of the sorted numbers lie at or below it. */
export function percentile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
