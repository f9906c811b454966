import { describe, expect, it } from '@jest/globals';
import { PartlyAppended } from '../../partly-appended.js';
import { AppendCall } from './append-call.js';

const at = (offset: number) => ({ epoch: 1, partition: 0, offset });

describe(AppendCall.name, () => {
  it('answers in the order of its records when all are there', async () => {
    const sut = new AppendCall(2, 1_000);
    sut.appended(1, at(8));
    sut.appended(0, at(7));

    expect(await sut.answer).toEqual([at(7), at(8)].map((position) => ({ duplicate: false, position })));
  });

  it('tells of each record what became of it when the time is up', async () => {
    const sut = new AppendCall(3, 20);
    sut.appended(0, at(7));
    sut.sent(1);
    sut.explain({ reason: 'no-leader' });

    const failure = await sut.answer.catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(PartlyAppended);
    expect(failure).toMatchObject({
      code: 'INGESTION.UNAVAILABLE',
      facts: { store: 'event_log', reason: 'no-leader', waitMs: 20, appended: 1, unknown: 1, notAppended: 1 },
      outcomes: [
        { state: 'appended', position: at(7) },
        { state: 'unknown', code: 'INGESTION.UNAVAILABLE' },
        { state: 'not_appended', code: 'INGESTION.UNAVAILABLE' },
      ],
    });
    expect(sut.ended).toBe(true);
  });

  it('says that nothing was written where that is certain', async () => {
    const sut = new AppendCall(2, 20);
    sut.sent(0);
    sut.notTaken(0);

    const failure = await sut.answer.catch((error: unknown) => error);

    expect(failure).not.toBeInstanceOf(PartlyAppended);
    expect(failure).toMatchObject({ code: 'INGESTION.UNAVAILABLE', facts: { outcome: 'nothing_written' } });
  });

  it('keeps its answer whatever comes later', async () => {
    const sut = new AppendCall(1, 10);
    sut.sent(0);
    const failure = await sut.answer.catch((error: unknown) => error);

    sut.appended(0, at(7));

    expect(failure).toMatchObject({ facts: { unknown: 1 } });
    await expect(sut.answer).rejects.toBe(failure);
  });
});
