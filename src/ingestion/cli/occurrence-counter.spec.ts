import { describe, expect, it } from '@jest/globals';
import { OccurrenceCounter } from './occurrence-counter.js';

const record = (text: string, depth = 1) => {
  const bytes = Buffer.from(text);
  return { bytes, length: bytes.length, line: 1, byte: 0, depth };
};

describe(OccurrenceCounter.name, () => {
  it('tells how many equal records came before, whatever their spelling', () => {
    const sut = new OccurrenceCounter();

    const counts = ['{"a":1,"b":"x"}', '{"b":2}', '{ "b":"\\u0078", "a":1.0 }', '{"a":1,"b":"x"}', '{"b":2}'].map(
      (text) => sut.countBefore(record(text)),
    );

    expect(counts).toEqual([0, 0, 1, 2, 1]);
  });

  it('compares what is left after hostile text was replaced', () => {
    const sut = new OccurrenceCounter();

    expect([sut.countBefore(record('{"a":"\\u0000"}')), sut.countBefore(record('{"a":"\\ud800"}'))]).toEqual([0, 1]);
  });

  it('counts a record with a number that no double holds, as ingestion reads it', () => {
    const sut = new OccurrenceCounter();

    expect([sut.countBefore(record('{"a":1e999}')), sut.countBefore(record('{"a":-1e999}'))]).toEqual([0, 1]);
  });

  it('does not count what ingestion rejects', () => {
    const sut = new OccurrenceCounter();

    const counts = [record('{"a":'), record('{"a":'), record('[]', 10_000), record('[]', 10_000)].map((broken) =>
      sut.countBefore(broken),
    );
    const { bytes: _, ...tooLong } = record('{}');

    expect([...counts, sut.countBefore(tooLong), sut.countBefore(tooLong)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('keeps its count beyond its first capacity', () => {
    const sut = new OccurrenceCounter();
    const numbers = Array.from({ length: 10_000 }, (_, number) => record(`{"n":${number}}`));

    expect(numbers.every((one) => sut.countBefore(one) === 0)).toBe(true);
    expect(numbers.every((one) => sut.countBefore(one) === 1)).toBe(true);
  });
});
