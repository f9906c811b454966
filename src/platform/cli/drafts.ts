import { rmSync } from 'node:fs';
import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The drafts of files that are being written: none of them outlives this process, but for one that is killed outright. */
export class Drafts {
  readonly #open = new Set<string>();

  add(path: string): void {
    if (this.#open.size === 0) this.#listen();
    this.#open.add(path);
  }

  remove(path: string): void {
    this.#open.delete(path);
    if (this.#open.size === 0) this.#forget();
  }

  readonly #takeAway = (): void => {
    for (const path of this.#open) rmSync(path, { force: true });
  };

  /** A signal ends the process as if nobody had heard it, unless somebody else listens and decides. */
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    this.#takeAway();
    this.#forget();
    process.kill(process.pid, signal);
  };

  #listen(): void {
    process.on('exit', this.#takeAway);
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  #forget(): void {
    process.off('exit', this.#takeAway);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}
