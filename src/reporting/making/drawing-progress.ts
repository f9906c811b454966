import type { Block, ReportDocument, Section } from '../pdf/report-document.js';
import { PRINTED_ROWS } from '../pdf/report-document.js';

const STEP = 100;

/** The same document, telling how much of its rows has been printed (0 to 1). Its blocks must be arrays. */
export function withDrawingProgress(document: ReportDocument, onProgress: (share: number) => void): ReportDocument {
  const sections = document.sections as readonly Section[];
  let all = 0;
  let printed = 0;
  const counted = (block: Block): Block => {
    if (block.block !== 'table') return block;
    all += Math.min(block.total, PRINTED_ROWS);
    const { rows } = block;
    async function* told() {
      for await (const row of rows) {
        printed += 1;
        if (printed % STEP === 0) onProgress(printed / all);
        yield row;
      }
    }
    return { ...block, rows: told() };
  };
  const blocksOf = (section: Section): readonly Block[] => section.blocks as readonly Block[];
  return { ...document, sections: sections.map((section) => ({ ...section, blocks: blocksOf(section).map(counted) })) };
}
