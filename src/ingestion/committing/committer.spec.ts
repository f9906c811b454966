import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import type { RecordEventsResult } from '../commands/record-events/record-events.command.js';
import { Committer } from './committer.js';
import { Outage } from './outage.js';
import type { OwnSubmission, Submission } from './submission.js';

const RESULT: RecordEventsResult = {
  asOf: { epoch: 1, next: [0] },
  items: [],
  read: 0,
  recorded: 0,
  conflicts: 0,
  ignored: 0,
  rejected: 0,
};

function own(id: string, bytes = 10): OwnSubmission {
  const record = { id, day: 0, partitionHash: 0, entry: new Uint8Array(bytes), encrypted: new Uint8Array() };
  return { form: 'own', records: [record] };
}

function setup(run: (submissions: readonly Submission[]) => void = () => undefined) {
  const commits: number[] = [];
  const groupCommit = {
    run: async (submissions: readonly Submission[]) => {
      await new Promise(setImmediate);
      run(submissions);
      commits.push(submissions.length);
      return submissions.map(() => RESULT);
    },
  };
  const options = { waitMs: 1_000, lingerMs: 0, probeMs: 60_000, limits: { events: 3, bytes: 100 } };
  const health = { report: () => undefined };
  return { commits, sut: new Committer(groupCommit, new Outage(), new FixedClock(), health, options) };
}

describe(Committer.name, () => {
  it('commits one after another, each bounded by events and bytes', async () => {
    const { sut, commits } = setup();
    const small = ['a', 'b', 'c', 'd', 'e'].map((id) => sut.submit(own(id)));
    const large = ['f', 'g'].map((id) => sut.submit(own(id, 90)));

    await Promise.all([...small, ...large]);

    expect(commits).toEqual([1, 3, 2, 1]);
  });

  it('takes what is larger than a commit may be alone', async () => {
    const { sut, commits } = setup();

    await sut.submit(own('a', 1_000));

    expect(commits).toEqual([1]);
  });

  it('lets one submission’s fault spoil no other', async () => {
    const { sut } = setup((submissions) => {
      if (submissions.some((one) => one.form === 'own' && one.records[0]?.id === 'bad')) throw new TypeError('canary');
    });

    const answers = await Promise.allSettled(['a', 'bad', 'b'].map((id) => sut.submit(own(id))));

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('drains: resolves when all is answered, and goes on afterwards', async () => {
    const { sut, commits } = setup();
    const first = sut.submit(own('a'));

    await sut.drain();
    expect(commits).toEqual([1]);
    await first;
    await sut.submit(own('b'));

    expect(commits).toEqual([1, 1]);
  });
});
