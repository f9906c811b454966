import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is there; fails after `withinMs`, saying what it waited for. */
export async function awaitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await pause(20);
  }
}
