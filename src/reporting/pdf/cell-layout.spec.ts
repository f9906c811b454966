import { describe, expect, it } from '@jest/globals';
import { displayed } from './cell-layout.js';
import { COLOUR, STYLE } from './theme.js';

const setting = { style: STYLE.cell, font: 'text', width: 100 } as const;

describe(displayed.name, () => {
  it('tells a missing value from a text that says the same', () => {
    const missing = displayed(null, setting);
    const said = displayed('not recorded', setting);

    expect(missing.text).toBe('not recorded');
    expect(missing.style).toMatchObject({ italic: true, colour: COLOUR.muted });
    expect(said).toEqual({ text: 'not recorded', style: STYLE.cell });
  });

  it.each(['', '   '])('names a value with nothing to see: %j', (value) => {
    expect(displayed(value, setting)).toMatchObject({ text: 'blank', style: { italic: true } });
  });

  it('groups numbers', () => {
    expect(displayed(48_102, setting).text).toBe('48,102');
  });

  it('sets code in the monospaced face, but never what is missing', () => {
    const code = { ...setting, font: 'code' } as const;

    expect(displayed('secret/db', code).style.family).toBe('code');
    expect(displayed(null, code).style.family).toBe('text');
  });

  it('sets a tone', () => {
    expect(displayed({ text: 'denied', tone: 'alert' }, setting).style).toMatchObject({ colour: COLOUR.alert });
  });
});
