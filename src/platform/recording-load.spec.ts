import { describe, expect, it } from '@jest/globals';
import { RecordingLoad } from './recording-load.js';

describe(RecordingLoad.name, () => {
  it('shows in one place what is set in another', () => {
    const sut = new RecordingLoad();
    const elsewhere = new RecordingLoad(sut.memory);

    sut.bytes = 5_000;
    expect(elsewhere.bytes).toBe(5_000);
    sut.bytes = 2 ** 40;
    expect(elsewhere.bytes).toBe(2 ** 31 - 1);
  });
});
