import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, KeytrailError } from '../../domain/errors.js';
import { ServiceProblem } from './service-problem.js';
import type { ApiRequest, ApiResponse, Transport } from './transport.js';

/** How long a command waits for a service that can't take it now. */
export interface Patience {
  readonly attempts: number;
  readonly totalMs: number;
  pause(milliseconds: number): Promise<unknown>;
  /** Tells the user why nothing moves. */
  tell(reason: string, milliseconds: number): void;
}

const SHORTEST_MS = 100;
const LONGEST_MS = 30_000;
const BROKEN_CONNECTION_MS = 1_000;

export function patience(tell: Patience['tell']): Patience {
  return { attempts: 20, totalMs: 120_000, pause: sleep, tell };
}

/**
 * The service's HTTP interface as the commands use it. An answer that asks to come back later (503 with Retry-After) is
 * tried again, and so is a connection that breaks after the service had answered once; both within the patience given.
 */
export class KeytrailClient {
  #hasAnswered = false;

  constructor(
    private readonly transport: Transport,
    private readonly patience: Patience,
  ) {}

  get place(): string {
    return this.transport.place;
  }

  get isShared(): boolean {
    return this.transport.isShared;
  }

  async get<Answer>(path: string, query?: URLSearchParams): Promise<Answer> {
    return this.json<Answer>({ path, ...(query ? { query } : {}) });
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.json<Answer>({ method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) });
  }

  async delete(path: string): Promise<void> {
    await readText(await this.stream({ method: 'DELETE', path }));
  }

  async json<Answer>(request: ApiRequest): Promise<Answer> {
    const response = await this.stream(request);
    const text = await readText(response);
    try {
      return JSON.parse(text) as Answer;
    } catch {
      throw new KeytrailError('CLI.SERVICE_UNREACHABLE', { address: this.place, reason: 'the answer is not JSON' });
    }
  }

  /** The answer with its body still to be read. @throws ServiceProblem for every answer that is no success */
  async stream(request: ApiRequest): Promise<ApiResponse> {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(request);
      if ('response' in outcome) return outcome.response;
      const { delay, failure, reason } = outcome;
      if (delay === undefined || attempt >= this.patience.attempts || waited + delay > this.patience.totalMs)
        throw failure;
      waited += delay;
      this.patience.tell(reason, delay);
      await this.patience.pause(delay);
    }
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  async #attempt(request: ApiRequest): Promise<{ readonly response: ApiResponse } | Setback> {
    try {
      const response = await this.transport.send(request);
      this.#hasAnswered = true;
      if (response.status < 400) return { response };
      return setback(response, await problemOf(response));
    } catch (error) {
      if (!(error instanceof KeytrailError) || error.code !== 'CLI.SERVICE_UNREACHABLE') throw error;
      const delay = this.#hasAnswered ? BROKEN_CONNECTION_MS : undefined;
      return { failure: error, delay, reason: error.code };
    }
  }
}

interface Setback {
  readonly failure: Error;
  /** Absent when trying again is of no use. */
  readonly delay: number | undefined;
  readonly reason: string;
}

function setback(response: ApiResponse, problem: ServiceProblem): Setback {
  const seconds = Number(response.header('retry-after') ?? Number.NaN);
  // Not all that is 503 passes by itself: a damaged file stays damaged.
  const comesBack = problem.exit === EXIT.unavailable && response.status === 503 && Number.isFinite(seconds);
  const delay = comesBack ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, seconds * 1000)) : undefined;
  return { failure: problem, delay, reason: problem.code };
}

async function problemOf(response: ApiResponse): Promise<ServiceProblem> {
  const text = await readText(response);
  try {
    const members: unknown = JSON.parse(text);
    if (typeof members === 'object' && members !== null)
      return new ServiceProblem(response.status, members as Record<string, unknown>);
  } catch {
    // Not Keytrail's own words (a proxy's page): only the status is told.
  }
  return new ServiceProblem(response.status, {});
}

async function readText(response: ApiResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
