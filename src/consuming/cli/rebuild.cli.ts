import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { KeytrailError } from '../../domain/errors.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import type { ConsumerStatus, ViewProgress } from '../consumer-status.js';

const PATH = '/v1/views';
const EVERY_MS = 300;

interface ConsumersAnswer {
  readonly consumers: readonly ConsumerStatus[];
}

const HELP = `
Views are what answers come from; they follow from the log alone. New ones are filled beside the old ones, which go
on answering until the new ones have caught up. Stopping the command does not stop a service's rebuild.`;

export function rebuildCommand(context: CommandContext): Command {
  return new Command('rebuild')
    .summary('build the views anew from the log')
    .description('Builds the views anew from the log and switches to them.')
    .argument('[view...]', 'names of views; default all')
    .addHelpText('after', HELP)
    .action(async (views: readonly string[], _options: unknown, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const before = await client.get<ConsumersAnswer>(PATH);
        await client.post<ConsumersAnswer>(`${PATH}/rebuild`, views.length > 0 ? { views } : {});
        const built = await untilBuilt(context, client, { before: inUse(before), wanted: views });
        if (json === true) await context.terminal.json({ views: built });
        else
          await context.terminal.lines(built.map(({ view, generation }) => `${view}: build ${generation} is in use`));
      });
    });
}

/** The builds that answers come from. */
function inUse({ consumers }: ConsumersAnswer): readonly ViewProgress[] {
  return consumers.flatMap(({ views }) => views).filter((view) => view.active);
}

interface Building {
  /** The builds that were in use. */
  readonly before: readonly ViewProgress[];
  /** Names of views; none = all. */
  readonly wanted: readonly string[];
}

/** Waits until other builds are in use. @throws KeytrailError TRAIL.NOT_READY when a consumer gave up */
async function untilBuilt(
  { terminal }: CommandContext,
  client: KeytrailClient,
  { before, wanted }: Building,
): Promise<readonly ViewProgress[]> {
  const isOld = (view: ViewProgress): boolean =>
    before.some((one) => one.view === view.view && one.generation === view.generation);
  for (;;) {
    await sleep(EVERY_MS);
    const answer = await client.get<ConsumersAnswer>(PATH);
    const names = wanted.length > 0 ? [...new Set(wanted)] : namesIn(answer);
    const built = inUse(answer).filter((view) => names.includes(view.view) && !isOld(view));
    if (names.length > 0 && built.length === names.length) return built;
    const stuck = answer.consumers.find(({ state }) => state === 'blocked' || state === 'stopped');
    if (stuck) throw new KeytrailError('TRAIL.NOT_READY', { consumer: stuck.name, state: stuck.state });
    terminal.progress.show(`building ${names.length - built.length} views: ${leftOf(answer)} events left`);
  }
}

function namesIn({ consumers }: ConsumersAnswer): readonly string[] {
  return [...new Set(consumers.flatMap(({ views }) => views.map(({ view }) => view)))];
}

function leftOf({ consumers }: ConsumersAnswer): number {
  const filling = consumers.flatMap(({ views }) => views).filter(({ active }) => !active);
  return filling.reduce((most, { lag }) => Math.max(most, lag), 0);
}
