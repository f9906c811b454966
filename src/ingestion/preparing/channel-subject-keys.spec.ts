import { describe, expect, it } from '@jest/globals';
import type { SubjectKey, SubjectRequest } from '../../privacy/subject-keys.port.js';
import { ChannelSubjectKeys } from './channel-subject-keys.js';

const person = (nativeId: string): SubjectRequest => ({
  of: 'subject',
  kind: 'user',
  sourceKind: 'vault',
  instance: 'prod',
  nativeId,
  quarter: '2026-Q4',
});
const keyOf = (request: SubjectRequest): SubjectKey => ({
  keyId: request.of === 'day' ? request.date : request.nativeId,
  key: new Uint8Array(32),
});

describe(ChannelSubjectKeys.name, () => {
  it('asks only for what it does not know, and answers in the order asked', async () => {
    const asked: SubjectRequest[][] = [];
    const sut = new ChannelSubjectKeys((requests) => {
      asked.push([...requests]);
      return Promise.resolve(requests.map(keyOf));
    });
    await sut.resolve([person('a')]);

    const day: SubjectRequest = { of: 'day', date: '2026-11-22' };
    const keys = await sut.resolve([person('b'), person('a'), day]);

    expect(asked).toEqual([[person('a')], [person('b'), day]]);
    expect(keys.map(({ keyId }) => keyId)).toEqual(['b', 'a', '2026-11-22']);
  });

  it('takes nobody for somebody of another store, kind or quarter', async () => {
    const changes = [
      {},
      { instance: 'test' },
      { sourceKind: 'aws' },
      { kind: 'service' },
      { quarter: '2027-Q1' },
    ] as const;
    const asked: SubjectRequest[] = [];
    const sut = new ChannelSubjectKeys((requests) => {
      asked.push(...requests);
      return Promise.resolve(requests.map(keyOf));
    });
    const requests = changes.map((change): SubjectRequest => ({ ...person('a'), ...change }));

    for (const request of requests) await sut.resolve([request]);

    expect(asked).toEqual(requests);
  });
});
