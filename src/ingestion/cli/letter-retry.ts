import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import type { NumberedRecord } from './file-records.js';
import type { PlacedLetter } from './letters-of-file.js';
import { RecordBatch } from './record-batch.js';
import { RecordSender } from './record-sender.js';

export interface RetriedFile {
  readonly wanted: ReadonlyMap<number, PlacedLetter>;
  readonly environment: string | undefined;
}

export interface RetriedLetters {
  readonly letters: number;
  /** At whose place a record begins. */
  readonly found: number;
  readonly understood: number;
  /** Ids of those understood whose record is another one now. They are open still, the others closed. */
  readonly changed: readonly string[];
}

/** What an instance is called where nobody named one: it may follow from the record then. */
const UNNAMED = 'default';

/** Sends the records at the places of dead letters once more, as the file and from the source that they came from. */
export class LetterRetry {
  readonly #batches = new Map<string, { readonly letter: PlacedLetter; batch: RecordBatch }>();
  #found = 0;
  /** Ids of letters whose records were understood, and whether they are closed. */
  readonly #understood = new Map<string, boolean>();

  constructor(
    private readonly client: KeytrailClient,
    private readonly file: RetriedFile,
  ) {}

  /** Takes the records of the file in order, whether they are wanted or not. */
  async take({ record, before }: NumberedRecord): Promise<void> {
    const letter = this.file.wanted.get(record.byte);
    if (letter?.line !== record.line) return;
    this.#found += 1;
    const item = { record, before, retries: letter.id };
    const source = JSON.stringify([letter.kind, letter.instance, letter.file]);
    const open = this.#batches.get(source) ?? { letter, batch: new RecordBatch() };
    if (!open.batch.fits(item)) await this.#send(open);
    open.batch.add(item);
    this.#batches.set(source, open);
  }

  async finish(): Promise<RetriedLetters> {
    for (const open of this.#batches.values()) await this.#send(open);
    const letters = this.file.wanted.size;
    const changed = [...this.#understood].flatMap(([id, closed]) => (closed ? [] : [id]));
    return { letters, found: this.#found, understood: this.#understood.size, changed };
  }

  async #send(open: { readonly letter: PlacedLetter; batch: RecordBatch }): Promise<void> {
    const { kind, instance, file } = open.letter;
    const { environment } = this.file;
    const sender = new RecordSender(this.client, {
      kind,
      ...(instance === UNNAMED ? {} : { instance }),
      ...(environment === undefined ? {} : { environment }),
    });
    for (const { answer } of await sender.send(open.batch, file))
      for (const { retried } of answer?.items ?? [])
        if (retried) this.#understood.set(retried.deadLetter, retried.closed);
    open.batch = new RecordBatch();
  }
}
