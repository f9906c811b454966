import { INLINE_BYTES } from '../ingestion-limits.js';
import type { DeliveryPreparer } from './delivery-preparer.js';
import type { DeliveryToPrepare } from './delivery-to-prepare.js';
import type { PreparedDelivery } from './prepared-delivery.js';
import type { WorkerPool } from './worker-pool.js';

/** Prepares small deliveries in the main thread and large ones in others, by the same code. */
export class Preparation {
  constructor(
    private readonly inline: DeliveryPreparer,
    private readonly pool: WorkerPool,
  ) {}

  prepare(delivery: DeliveryToPrepare): Promise<PreparedDelivery> {
    return delivery.body.length <= INLINE_BYTES ? this.inline.prepare(delivery) : this.pool.prepare(delivery);
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
