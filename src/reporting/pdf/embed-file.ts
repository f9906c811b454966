import { type CompressedFile } from './compressed-file.js';
import { type PdfKitDocument } from './pdfkit-document.js';
import { type EmbeddedAttachment } from './report-document.js';

/** pdfkit writes a `String` object as a text of the PDF, a plain one as a name. */
class PdfText extends String {}

/** Embeds a file, as pdfkit's own `file` would to the byte; but that one holds the content four times in memory. */
export function embedFile(
  document: PdfKitDocument,
  { compressed, byteLength, md5 }: CompressedFile,
  facts: Pick<EmbeddedAttachment, 'name' | 'mime' | 'description' | 'relationship'> & { readonly madeAt: Date },
): void {
  const { name, mime, description, relationship, madeAt } = facts;
  const content = document.ref({
    Type: 'EmbeddedFile',
    Params: { CreationDate: madeAt, ModDate: madeAt, CheckSum: new PdfText(md5), Size: byteLength },
    Subtype: nameOf(mime),
  });
  content.compress = false; // it is
  content.write(compressed);
  content.data['Filter'] = 'FlateDecode';
  content.end();
  const file = document.ref({
    Type: 'Filespec',
    AFRelationship: relationship,
    F: new PdfText(name),
    EF: { F: content },
    UF: new PdfText(name),
    Desc: new PdfText(description),
  });
  file.end();
  document.addNamedEmbeddedFile(name, file);
  (document._root.data.AF ??= []).push(file);
}

/** A name of the PDF. Media types are ASCII. */
function nameOf(text: string): string {
  const escaped = (character: string): string =>
    `#${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return text.replaceAll(/[^!-~]|[#%()/<>[\]{}]/g, escaped);
}
