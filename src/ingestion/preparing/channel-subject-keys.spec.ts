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
});
