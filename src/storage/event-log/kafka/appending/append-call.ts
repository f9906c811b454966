import { KeytrailError, type ErrorCode, type ErrorFacts } from '../../../../domain/errors.js';
import type { Position } from '../../../../domain/position.js';
import type { Appended } from '../../event-log.port.js';
import { PartlyAppended, type AppendOutcome } from '../../partly-appended.js';

/**
 * One caller's append on its way: its records go to several partitions and are answered one by one. Ends when every
 * record has its outcome, or when the time is up; what comes later changes nothing.
 */
export class AppendCall {
  readonly answer: Promise<readonly Appended[]>;
  readonly #done = Promise.withResolvers<readonly Appended[]>();
  readonly #outcomes: (AppendOutcome | undefined)[];
  /** Records that were handed to a broker whose answer is not known. */
  readonly #sent: Uint8Array;
  #left: number;
  #ended = false;
  #facts: ErrorFacts = {};

  constructor(count: number, waitMs: number) {
    this.#outcomes = new Array<AppendOutcome | undefined>(count).fill(undefined);
    this.#sent = new Uint8Array(count);
    this.#left = count;
    this.answer = this.#done.promise;
    const timer = setTimeout(() => {
      this.giveUp({ waitMs });
    }, waitMs);
    void this.answer
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer);
      });
  }

  /** Nobody waits for it any more: what was not sent must not be. */
  get ended(): boolean {
    return this.#ended;
  }

  sent(index: number): void {
    this.#sent[index] = 1;
  }

  /** It is certain that the broker did not take it. */
  notTaken(index: number): void {
    this.#sent[index] = 0;
  }

  appended(index: number, position: Position): void {
    this.#settle(index, { state: 'appended', position });
  }

  failed(index: number, outcome: Exclude<AppendOutcome, { state: 'appended' }>, facts: ErrorFacts): void {
    this.#facts = facts;
    this.#settle(index, outcome);
  }

  /** Why nothing has come of it so far. */
  explain(facts: ErrorFacts): void {
    this.#facts = facts;
  }

  #settle(index: number, outcome: AppendOutcome): void {
    if (this.#ended || this.#outcomes[index]) return;
    this.#outcomes[index] = outcome;
    this.#left -= 1;
    if (this.#left === 0) this.#end();
  }

  /** Its caller is told what is known so far. */
  giveUp(facts: ErrorFacts): void {
    if (this.#ended) return;
    const code = 'INGESTION.UNAVAILABLE';
    this.#facts = { reason: 'no-answer', ...this.#facts, ...facts };
    for (const [index, outcome] of this.#outcomes.entries()) {
      this.#outcomes[index] = outcome ?? { state: this.#sent[index] === 1 ? 'unknown' : 'not_appended', code };
    }
    this.#end();
  }

  #end(): void {
    this.#ended = true;
    const outcomes = this.#outcomes.filter((outcome) => outcome !== undefined);
    const failed = outcomes.filter((outcome) => outcome.state !== 'appended');
    const [first] = failed;
    if (first) this.#done.reject(this.#refusal(first.code, outcomes));
    else this.#done.resolve(outcomes.flatMap(toAppended));
  }

  #refusal(code: ErrorCode, outcomes: readonly AppendOutcome[]): KeytrailError {
    const facts = { store: 'event_log', ...this.#facts };
    if (outcomes.every(({ state }) => state === 'not_appended'))
      return new KeytrailError(code, { ...facts, outcome: 'nothing_written' });
    return new PartlyAppended(code, outcomes, facts);
  }
}

function toAppended(outcome: AppendOutcome): Appended[] {
  return outcome.state === 'appended' ? [{ duplicate: false, position: outcome.position }] : [];
}
