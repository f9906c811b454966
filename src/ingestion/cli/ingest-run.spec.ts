import { describe, expect, it } from '@jest/globals';
import { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { Terminal } from '../../platform/cli/terminal.js';
import { Transport, type ApiRequest, type ApiResponse } from '../../platform/cli/transport.js';
import { IngestRun } from './ingest-run.js';
import { InputFile } from './input-file.js';
import { RecordSender } from './record-sender.js';

/** Records what it is sent, rejects what is no record, and takes at most `limit` bytes a request. */
class RecordingService extends Transport {
  override readonly place = 'a test';
  override readonly isShared = true;
  readonly requests: ApiRequest[] = [];
  readonly recorded: unknown[] = [];

  constructor(private readonly limit: number) {
    super();
  }

  override async send(request: ApiRequest): Promise<ApiResponse> {
    this.requests.push(request);
    await Promise.resolve();
    const body = Buffer.from(request.body ?? []).toString();
    const tooLarge = body.length > this.limit;
    const answer = tooLarge ? { code: 'INGESTION.BATCH_TOO_LARGE' } : this.#record(body.split('\n'));
    const text = Buffer.from(JSON.stringify(answer));
    return { status: tooLarge ? 413 : 200, header: () => undefined, body: ReadableStream.from([text]) };
  }

  override async close(): Promise<void> {
    await Promise.resolve();
  }

  #record(lines: readonly string[]) {
    const items = lines.flatMap((line, item) => {
      try {
        const record = JSON.parse(line) as unknown;
        if (record === null) return [{ item, status: 'rejected', reason: 'too_long', deadLetter: `letter-${item}` }];
        this.recorded.push(record);
        return [];
      } catch {
        return [{ item, status: 'rejected', reason: 'not_json', deadLetter: `letter-${item}` }];
      }
    });
    const recorded = lines.length - items.length;
    return { read: lines.length, recorded, duplicates: 0, conflicts: 0, ignored: 0, rejected: items.length, items };
  }
}

function setup(limit = 100_000_000) {
  const service = new RecordingService(limit);
  let notes = '';
  const stream = { write: (part: string | Uint8Array) => ((notes += String(part)), true), on: () => undefined };
  const patience = { attempts: 1, totalMs: 0, pause: () => Promise.resolve(), tell: () => undefined };
  const sender = new RecordSender(new KeytrailClient(service, patience), { kind: 'vault', instance: 'v 1' });
  const sut = new IngestRun(sender, new Terminal(stream, stream), () => undefined);
  const ingest = async (...chunks: readonly string[]) =>
    sut.ingest(await InputFile.open('-', ReadableStream.from(chunks.map((chunk) => Buffer.from(chunk)))));
  return { sut, service, ingest, notes: () => notes };
}

const lines = (count: number): string => Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join('');

describe(IngestRun.name, () => {
  it('sends a file in requests that may be sent, and adds their answers up', async () => {
    const { sut, service, ingest } = setup();

    expect(await ingest(lines(2_500))).toBe(true);

    expect(service.requests.map(({ headers }) => headers?.['keytrail-file-line'])).toEqual(['1', '1001', '2001']);
    expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/v1/sources/vault/records' });
    expect(service.requests[0]?.query?.toString()).toBe('items=failed&instance=v+1');
    expect(JSON.stringify(sut.counts)).toBe('{"read":2500,"recorded":2500,"duplicates":0,"ignored":0,"rejected":0}');
  });

  it('counts repeated records over the whole file', async () => {
    const { service, ingest } = setup();

    await ingest('{"a":1}\n', lines(1_000), '{"a":1}\n{"a":1}\n');

    expect(service.requests.map(({ headers }) => headers?.['keytrail-repeated'])).toEqual([undefined, '1=1,2=2']);
  });

  it('sends less at once to a service that takes less, and of what it never takes the place and length', async () => {
    const { sut, service, ingest, notes } = setup(40);

    await ingest(lines(20), `{"long":"${'x'.repeat(50)}"}\n{"last":1}`);

    expect(service.recorded).toHaveLength(21);
    expect(sut.counts).toMatchObject({ read: 22, recorded: 21, rejected: 1, isFlawed: true });
    expect(notes()).toBe('- line 21, byte 170: rejected (too_long), dead letter letter-0\n');
    const { headers } = service.requests.find((request) => request.headers?.['keytrail-too-long']) ?? {};
    expect(headers).toMatchObject({
      'keytrail-file-line': '21',
      'keytrail-file-byte': '170',
      'keytrail-too-long': '0=61',
    });
  });

  it('tells itself of a record of which the service does not even take the place', async () => {
    const { sut, ingest, notes } = setup(3);

    await ingest('{"long":true}\n');

    expect(sut.counts).toMatchObject({ read: 1, recorded: 0, rejected: 1 });
    expect(notes()).toBe('- line 1, byte 0: rejected, 13 bytes are more than the service takes\n');
  });

  it('names what was rejected by its place in the file, up to a number', async () => {
    const { sut, ingest, notes } = setup();

    await ingest(lines(2), 'x\n'.repeat(30));

    expect(sut.counts.rejected).toBe(30);
    expect(notes().split('\n')[0]).toBe('- line 3, byte 16: rejected (not_json), dead letter letter-2');
    expect(notes().split('\n')).toHaveLength(22);
  });

  it('says when a file ended too early', async () => {
    const { sut, ingest } = setup();

    expect(await ingest('[{"a":1},')).toBe(false);
    expect(sut.counts.recorded).toBe(1);
  });
});
