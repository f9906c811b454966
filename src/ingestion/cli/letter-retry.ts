import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import type { NumberedRecord } from './file-records.js';
import type { PlacedLetter } from './letters-of-file.js';
import { RecordBatch } from './record-batch.js';
import { RecordSender } from './record-sender.js';

export interface RetriedFile {
  readonly wanted: ReadonlyMap<number, PlacedLetter>;
  readonly fileName: string;
  readonly environment: string | undefined;
}

/** What an instance is called where nobody named one: it may follow from the record then. */
const UNNAMED = 'default';

/** Sends the records at the places of dead letters once more, by the source and instance that they came from. */
export class LetterRetry {
  readonly #batches = new Map<string, { readonly letter: PlacedLetter; batch: RecordBatch }>();
  #found = 0;
  #understood = 0;

  constructor(
    private readonly client: KeytrailClient,
    private readonly file: RetriedFile,
  ) {}

  /** Takes the records of the file in order, whether they are wanted or not. */
  async take({ record, before }: NumberedRecord): Promise<void> {
    const letter = this.file.wanted.get(record.byte);
    if (letter?.line !== record.line || !record.bytes) return;
    this.#found += 1;
    const item = { record: { ...record, bytes: record.bytes }, before, retries: letter.id };
    const source = JSON.stringify([letter.kind, letter.instance]);
    const open = this.#batches.get(source) ?? { letter, batch: new RecordBatch() };
    if (!open.batch.fits(item)) await this.#send(open);
    open.batch.add(item);
    this.#batches.set(source, open);
  }

  async finish(): Promise<{ readonly letters: number; readonly found: number; readonly understood: number }> {
    for (const open of this.#batches.values()) await this.#send(open);
    return { letters: this.file.wanted.size, found: this.#found, understood: this.#understood };
  }

  async #send(open: { readonly letter: PlacedLetter; batch: RecordBatch }): Promise<void> {
    const { kind, instance } = open.letter;
    const { environment, fileName } = this.file;
    const sender = new RecordSender(this.client, {
      kind,
      ...(instance === UNNAMED ? {} : { instance }),
      ...(environment === undefined ? {} : { environment }),
    });
    for (const { batch, answer } of await sender.send(open.batch, fileName))
      if (answer) this.#understood += batch.records.length - answer.rejected;
    open.batch = new RecordBatch();
  }
}
