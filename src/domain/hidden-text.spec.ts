import { describe, expect, it } from '@jest/globals';
import { escapeHidden, showHidden } from './hidden-text.js';

describe(escapeHidden.name, () => {
  it.each([
    '\u009b31m',
    '\u007f',
    '\u0085',
    '\u202egnp.exe',
    '\u200b',
    '\u3164',
    '\u{e0041}',
    '\ufeff',
    '\ufe0f',
    '\ufff9',
    '\ud800',
  ])('keeps %j as a value, written as an escape', (text) => {
    const json = escapeHidden(JSON.stringify([text]));
    expect(json).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(json)).toEqual([text]);
  });

  it('leaves what can be seen, and joiners, as they are', () => {
    const json = JSON.stringify(['Zoë', 'क्\u200Dष', '山田', '👩‍🚀']);
    expect(escapeHidden(json)).toBe(json);
  });

  it('leaves the blanks between values', () => {
    const json = JSON.stringify({ a: ['ä\n'] }, null, '\t');
    expect(escapeHidden(json)).toBe(json);
  });
});

describe(showHidden.name, () => {
  it.each([
    ['a\u202eb', 'a\\u{202e}b'],
    ['\u009b31m', '\\u{9b}31m'],
    ['a\nb', 'a\\u{a}b'],
    ['\u{e0041}', '\\u{e0041}'],
    ['db\ufe0f', 'db\\u{fe0f}'],
    ['\ud800', '\\u{d800}'],
    ['Ærø Ελλάδα עברית العربية हिन्दी 日本語 می‌خواهم', 'Ærø Ελλάδα עברית العربية हिन्दी 日本語 می‌خواهم'],
  ])('writes %j as %s', (text, shown) => {
    expect(showHidden(text)).toBe(shown);
  });
});
