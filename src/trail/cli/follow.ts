import { setTimeout as sleep } from 'node:timers/promises';
import { KeytrailError } from '../../domain/errors.js';
import { answerPages } from '../../platform/cli/answer-pages.js';
import type { CommandContext } from '../../platform/cli/command-context.js';
import type { PresentedEvent } from '../domain/presented-event.js';
import type { EventsAnswer } from '../queries/list-events/list-events.query.js';
import { jsonLine } from './describe-answer.js';
import { renderRunning } from './event-table.js';
import type { Search } from './search.js';

const EVERY_MS = 1_000;
const PATH = '/v1/events';

/** Prints what was recorded from now on and matches, for as long as it is let. */
export async function follow({ terminal }: CommandContext, search: Search): Promise<never> {
  const { client, parameters, json } = search;
  if (!client.isShared)
    throw new KeytrailError('CLI.USAGE', { errors: ['--follow needs a running service: keytrail serve'] });
  const query = new URLSearchParams(parameters);
  query.set('order', 'asc');
  let { asOf } = await client.get<EventsAnswer>(PATH, new URLSearchParams([...parameters, ['limit', '1']]));
  if (terminal.isInteractive) terminal.note(`following what is recorded after ${asOf}; Ctrl-C ends it`);
  let isFirst = true;
  const print = async (events: readonly PresentedEvent[]): Promise<void> => {
    if (json) await terminal.raw(events.map(jsonLine));
    else await terminal.lines(renderRunning(events, isFirst));
    isFirst = false;
  };
  for (;;) {
    query.set('since', asOf);
    const count = ({ events }: EventsAnswer): number => events.length;
    for await (const page of answerPages<EventsAnswer>(client, { path: PATH, query, count })) {
      asOf = page.asOf;
      if (page.events.length > 0) await print(page.events);
    }
    await sleep(EVERY_MS);
  }
}
