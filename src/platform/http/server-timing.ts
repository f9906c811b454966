import { AsyncLocalStorage } from 'node:async_hooks';

/** What parts of the present request took, in milliseconds: the `Server-Timing` header (W3C Server Timing). */
export const serverTiming = new AsyncLocalStorage<Map<string, number>>();

/** Does the work and notes how long it took under `name`, a token of ours. */
export async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const begin = performance.now();
  try {
    return await work();
  } finally {
    serverTiming.getStore()?.set(name, performance.now() - begin);
  }
}

export function serverTimingHeader(parts: ReadonlyMap<string, number>): string {
  return [...parts].map(([name, milliseconds]) => `${name};dur=${milliseconds.toFixed(1)}`).join(', ');
}
