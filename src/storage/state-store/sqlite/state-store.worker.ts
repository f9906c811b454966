import { workerData } from 'node:worker_threads';
import { serveThread } from '../../../platform/worker-threads/serve-thread.js';
import type { WriteCall } from '../../sqlite/bounded-writer.js';
import { CommitRight } from '../../sqlite/commit-right.js';
import type { FileOptions } from '../../sqlite/sqlite-file.js';
import type { StateKey } from '../state-store.port.js';
import { StateWriter, type ChangeRow, type NewRow } from './state-writer.js';

const writer = new StateWriter(workerData as FileOptions);

serveThread({
  open: () => {
    writer.open();
  },
  put: ({ argument, right }: WriteCall<ChangeRow>) => writer.put(argument, new CommitRight(right).take),
  createMany: ({ argument, right }: WriteCall<NewRow[]>) => writer.createMany(argument, new CommitRight(right).take),
  clearOutbox: ({ argument, right }: WriteCall<{ key: StateKey; eventIds: string[] }>) =>
    writer.clearOutbox(argument.key, argument.eventIds, new CommitRight(right).take),
  close: () => {
    writer.close();
  },
});
