import type { Terminal } from '../../platform/cli/terminal.js';
import { FileRecords, type NumberedRecord } from './file-records.js';
import { IngestCounts, type IngestItem } from './ingest-counts.js';
import type { InputFile } from './input-file.js';
import { reasonText } from './reason-text.js';
import { RecordBatch } from './record-batch.js';
import type { RecordSender, SentBatch } from './record-sender.js';
import type { FileRecord } from './record-splitter.js';

/** Requests on the way at once: the next is read and counted while the service works on those before. */
const WINDOW = 4;
/** Rejected records that are named one by one. */
const NAMED = 20;

/** Sends the records of files, and adds up what became of them. */
export class IngestRun {
  readonly counts = new IngestCounts();
  wouldSupersede = 0;
  #named = 0;
  #batch = new RecordBatch();
  readonly #onTheWay = new Set<Promise<void>>();

  constructor(
    private readonly sender: RecordSender,
    private readonly terminal: Terminal,
    private readonly report: (file: InputFile) => void,
  ) {}

  /**
   * Everything readable of the file is recorded before a failure is thrown. Stops early when it is told to.
   * @returns false when the file ended too early
   */
  async ingest(file: InputFile, interruption?: AbortSignal): Promise<boolean> {
    const records = new FileRecords(file);
    try {
      for await (const chunk of records.read()) {
        for (const record of chunk) await this.#take(record, file);
        this.report(file);
        if (interruption?.aborted === true) break;
      }
    } finally {
      await this.#flush(file);
      await Promise.all(this.#onTheWay);
    }
    return !records.torn;
  }

  async #take(item: NumberedRecord, file: InputFile): Promise<void> {
    if (!this.#batch.fits(item)) await this.#flush(file);
    this.#batch.add(item);
  }

  async #flush(file: InputFile): Promise<void> {
    const batch = this.#batch;
    if (batch.records.length === 0) return;
    this.#batch = new RecordBatch();
    if (this.#onTheWay.size >= WINDOW) await Promise.race(this.#onTheWay);
    const sending = this.#send(batch, file);
    this.#onTheWay.add(sending);
    sending.then(
      () => this.#onTheWay.delete(sending),
      () => undefined, // stays, for whoever waits next to be told
    );
  }

  async #send(batch: RecordBatch, file: InputFile): Promise<void> {
    for (const sent of await this.sender.send(batch, file.name)) this.#count(sent, file);
    this.report(file);
  }

  #count({ batch, answer }: SentBatch, file: InputFile): void {
    if (!answer) {
      const record = batch.records[0]?.record;
      if (record) this.#rejectHere(record, file);
      return;
    }
    this.counts.add(answer);
    // A record that wraps several is answered as several: then an item's number says nothing of its place.
    const isOneEach = answer.read === batch.records.length;
    for (const item of answer.items) this.#name(item, isOneEach ? batch.records[item.item]?.record : undefined, file);
  }

  #name(item: IngestItem, record: FileRecord | undefined, file: InputFile): void {
    if (item.wouldSupersede === true) this.wouldSupersede += 1;
    if (item.status !== 'rejected' && item.status !== 'conflict') return;
    const letter = item.deadLetter === undefined ? '' : `, dead letter ${item.deadLetter}`;
    this.#tell(`${placeOf(record, file)}: ${item.status}${item.reason ? ` (${reasonText(item)})` : ''}${letter}`);
  }

  /** The service takes nothing at all, so that only this command can tell of the record. */
  #rejectHere(record: FileRecord, file: InputFile): void {
    this.counts.read += 1;
    this.counts.rejected += 1;
    this.#tell(`${placeOf(record, file)}: rejected, ${record.length} bytes are more than the service takes`);
  }

  #tell(line: string): void {
    this.#named += 1;
    if (this.#named <= NAMED) this.terminal.note(line);
    if (this.#named === NAMED + 1) this.terminal.note('... and more; `keytrail dead-letters` lists them all');
  }
}

function placeOf(record: FileRecord | undefined, file: InputFile): string {
  return record ? `${file.name} line ${record.line}, byte ${record.byte}` : file.name;
}
