import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { awaitUntil } from './await-until.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ServiceOptions {
  /** Default: a new temporary folder, removed by `dispose`. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** No file of it may grow beyond this (a soft RLIMIT_FSIZE): then writes fail as on a full disk, without root. Bytes. */
  readonly fileSize?: number;
}

/** The real service as a process of its own, on embedded stores in a temporary folder, on loopback. */
export class RunningService {
  #output = '';

  private constructor(
    readonly folder: string,
    private readonly child: ChildProcess,
    readonly exited: Promise<number | string | null>,
  ) {
    child.stdout?.on('data', (chunk) => (this.#output += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.#output += String(chunk)));
  }

  /** Starts it and waits until it is ready to take events. */
  static async start(options: ServiceOptions = {}): Promise<RunningService> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'keytrail-test-'));
    const [command, ...args] = limited([process.execPath, MAIN], options.fileSize);
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'], KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0', ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string | null);
    const service = new RunningService(folder, child, exited);
    await awaitUntil(`a ready service; it said: ${service.output}`, () => service.isReady(), 30_000);
    return service;
  }

  /** What it wrote to stdout and stderr so far. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get url(): string {
    return this.holder()?.address ?? '';
  }

  /** The administrator's key of the first start. */
  get key(): string {
    return readFileSync(join(this.folder, 'bootstrap-key'), 'utf8').trim();
  }

  fetch(path: string, init: RequestInit & { key?: string } = {}): Promise<Response> {
    const { key = this.key, ...rest } = init;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...toObject(rest.headers) };
    return fetch(this.url + path, { ...rest, headers });
  }

  async json<T>(path: string, init: RequestInit & { key?: string } = {}): Promise<T> {
    const response = await this.fetch(path, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Takes the bound on its files away: there is space again. */
  freeSpace(): void {
    execFileSync('prlimit', ['--pid', String(this.pid), '--fsize=unlimited']);
  }

  /** Asks it to stop and waits for that. */
  stop(): Promise<number | string | null> {
    this.child.kill('SIGTERM');
    return this.exited;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async dispose(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async isReady(): Promise<boolean> {
    if (this.child.exitCode !== null) throw new Error(`the service ended with ${this.child.exitCode}: ${this.#output}`);
    if (this.holder()?.pid !== this.pid || this.url === '') return false;
    return fetch(`${this.url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  private holder(): { pid: number; address?: string } | undefined {
    const file = join(this.folder, 'lock');
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as { pid: number; address?: string };
    } catch {
      return undefined; // being written
    }
  }
}

type Command = readonly [string, ...string[]];

/** The shell sets the bound and becomes the command, so that the process id stays. It counts in blocks of 512 bytes. */
function limited(command: Command, fileSize: number | undefined): Command {
  if (fileSize === undefined) return command;
  return ['sh', '-c', `ulimit -S -f ${Math.floor(fileSize / 512)}; exec "$0" "$@"`, ...command];
}

function toObject(headers: RequestInit['headers']): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}
