import { answerPages } from '../../platform/cli/answer-pages.js';
import type { CommandContext } from '../../platform/cli/command-context.js';
import { renderTable, type TableColumn } from '../../platform/cli/text-table.js';
import type { PagedAnswer } from '../queries/asking/asked.js';
import { describeAnswer, jsonLine } from './describe-answer.js';
import { SHOWN, type Search } from './search.js';

export interface PrintedList<Page extends PagedAnswer, Item> {
  readonly path: string;
  readonly itemsOf: (page: Page) => readonly Item[];
  readonly columns: readonly TableColumn[];
  readonly rowOf: (item: Item) => readonly string[];
}

/** A list of the service: the first items as a table, or all of them as JSON, one a line. */
export async function printList<Page extends PagedAnswer, Item>(
  { terminal }: CommandContext,
  { client, parameters: query, options, json }: Search,
  { path, itemsOf, columns, rowOf }: PrintedList<Page, Item>,
): Promise<void> {
  const limit = json ? options.limit : (options.limit ?? SHOWN);
  const items: Item[] = [];
  let shown = 0;
  let last: Page | undefined;
  const count = (page: Page): number => itemsOf(page).length;
  for await (const page of answerPages<Page>(client, { path, query, limit, count })) {
    if (json) await terminal.raw(itemsOf(page).map(jsonLine));
    else items.push(...itemsOf(page));
    shown += itemsOf(page).length;
    last = page;
  }
  if (!last) return;
  const table = renderTable(columns, items.map(rowOf), terminal.width);
  if (!json) await terminal.lines(items.length === 0 ? ['nothing matches'] : table);
  terminal.note(describeAnswer(last, shown));
}
