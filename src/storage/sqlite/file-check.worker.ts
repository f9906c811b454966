import { workerData } from 'node:worker_threads';
import { serveThread } from '../../platform/worker-threads/serve-thread.js';
import { isWhole } from './is-whole.js';

const { path } = workerData as { readonly path: string };

serveThread({ look: () => isWhole(path), close: () => undefined });
