import { describe, expect, it } from '@jest/globals';
import { MetadataText } from './pdfkit-document.js';

describe(MetadataText.name, () => {
  const sut = new MetadataText('R&D <x>');

  it('is escaped where a template puts it into XML', () => {
    expect(`<title>${sut as string}</title>`).toBe('<title>R&amp;D &lt;x&gt;</title>');
  });

  it('is itself where its characters are read', () => {
    expect(sut.valueOf()).toBe('R&D <x>');
    expect(sut.charCodeAt(1)).toBe('&'.charCodeAt(0));
  });
});
