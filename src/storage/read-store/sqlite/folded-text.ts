/** Text as `contains` compares it: without regard to case. */
export function foldedText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
