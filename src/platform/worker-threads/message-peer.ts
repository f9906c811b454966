import type { Transferable } from 'node:worker_threads';
import { isErrorCode, KeytrailError, type ErrorFacts } from '../../domain/errors.js';

/** Either end of a channel between two threads. */
export interface MessageEnd {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** What the other thread may call. A handler may name buffers to move instead of copying by `transferring`. */
export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

/** A result whose buffers are moved to the other thread. */
export class Transferring {
  constructor(
    readonly value: unknown,
    readonly transfer: readonly Transferable[],
  ) {}
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: KeytrailError): void;
}

type Message =
  | { readonly type: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly code: string; readonly facts: ErrorFacts };

/**
 * Calls and answers over a thread's message channel, both ways. Only a `KeytrailError`'s code and facts cross; any other
 * error arrives as `INTERNAL.UNEXPECTED`, as its words may hold what must not leave the thread.
 */
export class MessagePeer {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed: KeytrailError | undefined;

  constructor(
    private readonly end: MessageEnd,
    private readonly handlers: Handlers = {},
  ) {
    end.on('message', (message) => {
      this.#receive(message as Message);
    });
  }

  /** Resolves with the other side's answer. */
  call<Result>(method: string, argument?: unknown, transfer: readonly Transferable[] = []): Promise<Result> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = (this.#lastId += 1);
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.end.postMessage({ type: 'call', id, method, argument } satisfies Message, transfer);
    });
  }

  /** Fails what still waits, and every later call. */
  close(error: KeytrailError): void {
    this.#closed = error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }

  #receive(message: Message): void {
    if (message.type === 'call') {
      void this.#answer(message.id, message.method, message.argument);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'result') waiting?.resolve(message.value);
    else
      waiting?.reject(
        new KeytrailError(isErrorCode(message.code) ? message.code : 'INTERNAL.UNEXPECTED', message.facts),
      );
  }

  async #answer(id: number, method: string, argument: unknown): Promise<void> {
    try {
      const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
      if (!handler) throw new KeytrailError('INTERNAL.UNEXPECTED', { method });
      const value: unknown = await (handler as (argument: unknown) => unknown)(argument);
      if (value instanceof Transferring) this.#send({ type: 'result', id, value: value.value }, value.transfer);
      else this.#send({ type: 'result', id, value });
    } catch (error) {
      const known = error instanceof KeytrailError ? error : new KeytrailError('INTERNAL.UNEXPECTED');
      this.#send({ type: 'error', id, code: known.code, facts: known.facts });
    }
  }

  #send(message: Message, transfer: readonly Transferable[] = []): void {
    this.end.postMessage(message, transfer);
  }
}
