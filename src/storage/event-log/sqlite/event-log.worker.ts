import { workerData } from 'node:worker_threads';
import { serveThread } from '../../../platform/worker-threads/serve-thread.js';
import { Transferring } from '../../../platform/worker-threads/message-peer.js';
import type { WriteCall } from '../../sqlite/bounded-writer.js';
import { CommitRight } from '../../sqlite/commit-right.js';
import type { FileOptions } from '../../sqlite/sqlite-file.js';
import { LogWriter } from './log-writer.js';
import type { RecordBatch } from './record-batch.js';

const writer = new LogWriter(workerData as FileOptions);

serveThread({
  open: () => {
    writer.open();
  },
  append: ({ argument, right }: WriteCall<RecordBatch>) => {
    const commitRight = new CommitRight(right);
    const offsets = commitRight.withdrawn ? undefined : writer.append(argument, commitRight.take);
    // Nobody waits for the answer of an append that was withdrawn.
    return offsets && new Transferring(offsets, [offsets.buffer]);
  },
  close: () => {
    writer.close();
  },
});
