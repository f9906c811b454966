import { describe, expect, it } from '@jest/globals';
import { printable, printableJson } from './printable.js';

/** An escape sequence, its form in one character, a turn of the writing direction, a lone surrogate, a hidden tag. */
const OBEYED = ['\u001b[31m', '\u009b31m', '\u202egnp.exe', '\ud800', '\u{e0041}'];

describe(printable.name, () => {
  it.each(OBEYED)('writes %j out', (text) => {
    expect(printable(text)).toMatch(/^\\u\{[0-9a-f]+\}/);
  });

  it('leaves names of every script as they are', () => {
    for (const name of ['Zoë', 'नीलम', 'क्\u200Dष', '山田', 'שרה']) expect(printable(name)).toBe(name);
  });
});

describe(printableJson.name, () => {
  it.each(OBEYED)('keeps %j as a value, and shows a terminal nothing to obey', (text) => {
    const json = printableJson(JSON.stringify({ [text]: text }));

    expect(json).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(json)).toEqual({ [text]: text });
  });
});
