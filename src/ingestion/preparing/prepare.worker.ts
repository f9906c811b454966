import { workerData } from 'node:worker_threads';
import { Transferring } from '../../platform/worker-threads/message-peer.js';
import { serveThread } from '../../platform/worker-threads/serve-thread.js';
import type { SubjectKey } from '../../privacy/subject-keys.port.js';
import { buildSources } from '../../sources/sources.registry.js';
import { ChannelSubjectKeys } from './channel-subject-keys.js';
import { DeliveryPreparer } from './delivery-preparer.js';
import type { DeliveryToPrepare } from './delivery-to-prepare.js';
import type { WorkerData } from './worker-pool.js';

const { sources, identityKey } = workerData as WorkerData;
const keys = new ChannelSubjectKeys((requests) => peer.call<readonly SubjectKey[]>('resolve', requests));
const preparer = new DeliveryPreparer(buildSources(sources), keys, identityKey);

const peer = serveThread({
  prepare: async (delivery: DeliveryToPrepare) => {
    const prepared = await preparer.prepare(delivery);
    return new Transferring(prepared, [prepared.bytes.buffer as ArrayBuffer]);
  },
  close: () => undefined,
});
