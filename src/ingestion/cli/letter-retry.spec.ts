import { describe, expect, it } from '@jest/globals';
import { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { Transport, type ApiRequest, type ApiResponse } from '../../platform/cli/transport.js';
import { LetterRetry } from './letter-retry.js';
import { lettersOfFile } from './letters-of-file.js';
import type { ListedLetter } from './listed-letter.js';
import { RecordSplitter } from './record-splitter.js';

const letter = (id: string, place: Partial<NonNullable<ListedLetter['opened']>>): ListedLetter => ({
  id,
  state: 'open',
  opened: {
    recordedAt: '2026-11-22T10:00:00Z',
    kind: 'vault',
    instance: 'default',
    reason: 'not_json',
    length: 3,
    at: { file: 0, line: 2, byteOffset: 8 },
    file: '/logs/audit.log',
    ...place,
  },
});

describe(lettersOfFile.name, () => {
  const idsOf = (letters: readonly ListedLetter[], path: string) =>
    [...lettersOfFile(letters, path).values()].map(({ id }) => id);

  it('takes those that name the file, or one of the same name elsewhere', () => {
    const here = letter('here', {});
    const elsewhere = letter('elsewhere', { file: 'old/audit.log', at: { line: 9, byteOffset: 90 } });

    expect(idsOf([here, elsewhere], '/logs/audit.log')).toEqual(['here']);
    expect(idsOf([here, elsewhere], './audit.log')).toEqual(['here', 'elsewhere']);
    expect(idsOf([here, elsewhere], 'other.log')).toEqual([]);
  });

  it('leaves out what has no place in a file', () => {
    const { file: _, ...nameless } = letter('x', {}).opened ?? {};
    const unnamed = { ...letter('unnamed', {}), opened: nameless } as ListedLetter;

    expect(idsOf([letter('posted', { at: { requestId: 'r', item: 3 } }), unnamed], '/logs/audit.log')).toEqual([]);
  });
});

describe(LetterRetry.name, () => {
  class Service extends Transport {
    readonly answers = [
      { rejected: 0, items: [{ item: 0, status: 'recorded', retried: { deadLetter: 'one', closed: false } }] },
      { rejected: 1, items: [{ item: 0, status: 'rejected' }] },
    ];
    override readonly place = 'a test';
    override readonly isShared = true;
    readonly requests: ApiRequest[] = [];

    override async send(request: ApiRequest): Promise<ApiResponse> {
      this.requests.push(request);
      await Promise.resolve();
      const body = Buffer.from(JSON.stringify(this.answers.shift()));
      return { status: 200, header: () => undefined, body: ReadableStream.from([body]) };
    }

    override async close(): Promise<void> {
      await Promise.resolve();
    }
  }

  it('sends what lies at the wanted places, each as it came, and tells what is another record now', async () => {
    const service = new Service();
    const patience = { attempts: 1, totalMs: 0, pause: () => Promise.resolve(), tell: () => undefined };
    const wanted = lettersOfFile(
      [
        letter('one', {}),
        letter('two', { at: { line: 3, byteOffset: 16 }, kind: 'aws-cloudtrail', instance: '111', file: 'audit.log' }),
        letter('moved', { at: { line: 9, byteOffset: 24 } }),
      ],
      './audit.log',
    );
    const sut = new LetterRetry(new KeytrailClient(service, patience), { wanted, environment: undefined });
    const splitter = new RecordSplitter(1_000);

    for (const record of splitter.push(Buffer.from('{"a":1}\n{"b":2}\n{"c":3}\n{"d":4}\n')))
      await sut.take({ record, before: 0 });

    expect(await sut.finish()).toEqual({ letters: 3, found: 2, understood: 1, changed: ['one'] });
    expect(
      service.requests.map(({ path, headers }) => [
        path,
        headers?.['keytrail-retries'],
        headers?.['keytrail-file'],
        headers?.['keytrail-file-line'],
      ]),
    ).toEqual([
      ['/v1/sources/vault/records', 'one', '%2Flogs%2Faudit.log', '2'],
      ['/v1/sources/aws-cloudtrail/records', 'two', 'audit.log', '3'],
    ]);
    expect(service.requests.map(({ query }) => query?.get('instance'))).toEqual([null, '111']);
  });
});
