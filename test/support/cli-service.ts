import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runCli, startCli, type CliOptions } from './run-cli.js';

/** `keytrail serve` on a folder of its own, and commands beside it with the administrator's key. */
export class CliService {
  readonly #folder = mkdtempSync(join(tmpdir(), 'keytrail-cli-'));
  readonly #service = startCli(['serve', '--data', this.at('data'), '--port', '0']);

  static async start(): Promise<CliService> {
    const started = new CliService();
    await started.#listening();
    return started;
  }

  /** Where it listens, once it has started. */
  address = '';

  /** A path in its folder; commands run beside the data. */
  at(name: string): string {
    return join(this.#folder, name);
  }

  keyFile(): readonly string[] {
    return ['--key-file', this.at('data/bootstrap-key')];
  }

  run(args: readonly string[], options?: CliOptions): ReturnType<typeof runCli> {
    return runCli(['--data', this.at('data'), ...this.keyFile(), ...args], options);
  }

  /** How the service ended. */
  async stop(): Promise<unknown> {
    const exited = once(this.#service, 'exit');
    this.#service.kill('SIGTERM');
    const ended: unknown = await exited;
    rmSync(this.#folder, { recursive: true, force: true });
    return ended;
  }

  async #listening(): Promise<void> {
    for await (const line of createInterface({ input: this.#service.stdout })) {
      const { event, address } = JSON.parse(line) as { event: string; address?: string };
      if (event === 'service.started') this.address = address ?? '';
      if (this.address !== '') return;
    }
  }
}
