import { wrapToWidth } from './wrap-text.js';

/**
 * Help in lines of at most `width` columns: the lines of a paragraph that is too wide are joined and parted again at
 * blanks. Examples stay as they are, so that they can be copied.
 */
export function fitHelp(help: string, width: number): string {
  return help
    .split('\n\n')
    .map((block) => (block.trimStart().startsWith('Examples:') ? block : fitBlock(block.split('\n'), width)))
    .join('\n\n');
}

function fitBlock(lines: readonly string[], width: number): string {
  const joined: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const before = joined.at(-1);
    if (isOpen && line !== '' && before !== undefined && indentOf(before) === indentOf(line))
      joined.splice(-1, 1, `${before} ${line.trim()}`);
    else joined.push(line);
    isOpen = line.length > width;
  }
  return joined.flatMap((line) => fitLine(line, width)).join('\n');
}

function fitLine(line: string, width: number): readonly string[] {
  const indent = indentOf(line);
  return line.length <= width ? [line] : wrapToWidth(line.trim(), width - indent.length).map((part) => indent + part);
}

function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? '';
}
