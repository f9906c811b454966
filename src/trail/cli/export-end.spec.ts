import { describe, expect, it } from '@jest/globals';
import { ExportEnd } from './export-end.js';

function seen(...chunks: readonly string[]): boolean {
  const sut = new ExportEnd();
  for (const chunk of chunks) sut.see(Buffer.from(chunk));
  return sut.statement !== undefined;
}

describe(ExportEnd.name, () => {
  it('finds the closing statement of either form, however it is cut', () => {
    expect(seen('{"v":1}\n', '{"export":{"complete"', ':true}}\n')).toBe(true);
    expect(seen('"row","id"\r\n"event","1"\r\n"export","{""complete"":true,""events"":1}",""\r\n')).toBe(true);
    expect(seen('x'.repeat(3_000_000), '\n{"export":{"complete":true}}\n')).toBe(true);
  });

  it('tells how much an export holds', () => {
    const sut = new ExportEnd();
    sut.see(Buffer.from('"export","{""asOf"":""1:0=9"",""complete"":true,""events"":7}","",""\r\n'));

    expect(sut.statement).toMatchObject({ events: 7, asOf: '1:0=9' });
  });

  it('takes nothing else for it', () => {
    expect(seen('')).toBe(false);
    expect(seen('{"v":1}\n')).toBe(false);
    expect(seen('{"export":{"complete":true}}\n{"v":1}\n')).toBe(false);
    expect(seen('{"export":{"complete":false,"missing":"..."}}\n')).toBe(false);
    expect(seen('{"export":{"complete":tr')).toBe(false);
    expect(seen('"event","export","""complete"":true"\r\n')).toBe(false);
  });
});
