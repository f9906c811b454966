import { Command } from 'commander';
import { KeytrailError } from '../../domain/errors.js';
import { answerPages } from '../../platform/cli/answer-pages.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { addFilterOptions, filterParameters } from '../../platform/cli/filter-options.js';
import { renderTable } from '../../platform/cli/text-table.js';
import type { FiltersAnswer } from '../queries/list-filters/list-filters.query.js';
import type { PresentedFilter } from '../saved-filters/presented-filter.js';
import { jsonLine } from './describe-answer.js';

const PATH = '/v1/filters';

const HELP = `
A saved filter is shared: everybody who may search can use it by its id, in --filter of any command.

Examples:
  keytrail filters save "denied in production" --outcome failure --reason denied --environment production
  keytrail filters
  keytrail trail --filter flt_0mwsdpqkb346c51bb39187e0a --from 24h`;

export function filtersCommand(context: CommandContext): Command {
  return new Command('filters')
    .summary('list, save and delete shared filters')
    .description('Lists the saved filters.')
    .addHelpText('after', HELP)
    .action(async (_options: unknown, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const filters: PresentedFilter[] = [];
        const count = (page: FiltersAnswer): number => page.filters.length;
        for await (const page of answerPages<FiltersAnswer>(client, { path: PATH, count }))
          filters.push(...page.filters);
        await print(context, filters, json === true);
      });
    })
    .addCommand(saveCommand(context))
    .addCommand(deleteCommand(context));
}

function saveCommand(context: CommandContext): Command {
  const command = new Command('save')
    .description('Saves a filter for everyone.')
    .argument('<title>', 'what you call it');
  return addFilterOptions(command, () => context.now()).action(
    async (title: string, options: Readonly<Record<string, unknown>>, self: Command) => {
      const filter = termsOf(filterParameters(options));
      await withService(context, self, async (client, { json }) => {
        await print(context, [await client.post<PresentedFilter>(PATH, { title, filter })], json === true);
      });
    },
  );
}

/** A period has one value, a term any number. */
function termsOf(parameters: URLSearchParams): Readonly<Record<string, unknown>> {
  if (parameters.has('filter'))
    throw new KeytrailError('CLI.USAGE', { errors: ['--filter can not be part of a filter'] });
  const single = new Set(['from', 'to', 'own', 'echoes']);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [
      name,
      single.has(name) ? parameters.get(name) : parameters.getAll(name),
    ]),
  );
}

function deleteCommand(context: CommandContext): Command {
  return new Command('delete')
    .description('Deletes a filter for everyone.')
    .argument('<id>', 'the id of the filter')
    .action(async (id: string, _options: unknown, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        await client.delete(`${PATH}/${encodeURIComponent(id)}`);
        if (json === true) await context.terminal.json({ id, state: 'deleted' });
        else await context.terminal.lines([`filter ${id} is deleted`]);
      });
    });
}

async function print({ terminal }: CommandContext, filters: readonly PresentedFilter[], json: boolean): Promise<void> {
  if (json) await terminal.raw(filters.map(jsonLine));
  else if (filters.length === 0) await terminal.lines(['no filters are saved']);
  else await terminal.lines(renderTable(COLUMNS, filters.map(rowOf), terminal.width));
}

const COLUMNS = [
  { title: 'ID' },
  { title: 'TITLE', shrinksTo: [16, 12] },
  { title: 'SAVED' },
  { title: 'TERMS', shrinksTo: [30, 20] },
];

function rowOf({ id, title, createdAt, filter, withheld }: PresentedFilter): readonly string[] {
  const terms = [JSON.stringify(filter), ...(withheld ? ['and terms not shown'] : [])].join(' ');
  return [id, title ?? '', createdAt.slice(0, 10), terms];
}
