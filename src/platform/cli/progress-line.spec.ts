import { describe, expect, it } from '@jest/globals';
import { ProgressLine } from './progress-line.js';

function setup(isTTY = true) {
  const written: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) > 0 };
  let now = 1_000;
  return { sut: new ProgressLine(stream, () => now), written, later: () => (now += 100) };
}

describe(ProgressLine.name, () => {
  it('draws at most ten times a second, in one line', () => {
    const { sut, written, later } = setup();
    sut.show('one', 0.5);
    sut.show('two');
    later();
    sut.show('x'.repeat(100));
    sut.clear();

    expect(written).toEqual([
      '\r\u001B[2K[############............]  50 % one',
      `\r\u001B[2K${'x'.repeat(38)}…`,
      '\r\u001B[2K',
    ]);
  });

  it('is nothing where there is no terminal', () => {
    const { sut, written } = setup(false);
    sut.show('one');
    sut.clear();
    expect(written).toEqual([]);
  });

  it('shows the name of a file, and obeys none', () => {
    const { sut, written } = setup();
    sut.show('evil\u001B]0;title\u0007.log');
    expect(written).toEqual(['\r\u001B[2Kevil\\u{1b}]0;title\\u{7}.log']);
  });
});
