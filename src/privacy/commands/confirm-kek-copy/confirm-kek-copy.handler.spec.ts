import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { FixedClock } from '../../../../test/support/fixed-clock.js';
import { MemoryEventLog } from '../../../../test/support/memory/memory-event-log.js';
import { MemoryStateStore } from '../../../../test/support/memory/memory-state-store.js';
import { aCaller } from '../../../../test/support/recording-room.js';
import type { OwnEvent } from '../../../ingestion/commands/record-events/record-events.command.js';
import { OutboxEvents } from '../../../ingestion/outbox/outbox-events.port.js';
import { Health } from '../../../platform/health/health.js';
import { PinoLogger } from '../../../platform/logging/pino-logger.js';
import { Metrics } from '../../../platform/metrics/metrics.js';
import type { OutboxEvent } from '../../../storage/state-store/state-store.port.js';
import { KekCheck } from '../../kek/kek.check.js';
import { KEK_DOCUMENT } from '../../kek/kek-document.js';
import { KekFile } from '../../kek/kek-file.js';
import { KekRotation } from '../../kek/kek-rotation.js';
import { KekStatusReader } from '../../kek/kek-status-reader.js';
import { openKeyEncryption } from '../../kek/open-key-encryption.js';
import { ConfirmKekCopyCommand } from './confirm-kek-copy.command.js';
import { ConfirmKekCopyHandler } from './confirm-kek-copy.handler.js';

const newFolder = temporaryFolders();

class NamingOutbox extends OutboxEvents {
  override prepare({ action }: OwnEvent): Promise<OutboxEvent> {
    return Promise.resolve({ id: action });
  }

  override notify(): void {
    // nobody to tell
  }
}

async function setup() {
  const state = new MemoryStateStore();
  const clock = new FixedClock('2026-11-22T12:00:00.000Z');
  const file = KekFile.in(newFolder(), undefined);
  const keyEncryption = await openKeyEncryption({ file, state, log: new MemoryEventLog() }, clock.now().toISOString());
  const metrics = new Metrics();
  const logger = new PinoLogger({ level: 'error', destination: new PassThrough() });
  const reader = new KekStatusReader(file, keyEncryption, state, metrics, logger, new Health(logger, metrics));
  const outbox = new NamingOutbox();
  const rotate = () => new KekRotation(keyEncryption, file, state, outbox).run(aCaller(), clock.now().toISOString());
  const copies = async () => (await new KekCheck(reader).run()).find(({ name }) => name === 'kek.copies');
  return { sut: new ConfirmKekCopyHandler(state, outbox, clock, reader), state, copies, rotate };
}

describe(ConfirmKekCopyHandler.name, () => {
  it('is what makes the doctor content, until the key changes', async () => {
    const { sut, state, copies, rotate } = await setup();
    expect(await copies()).toMatchObject({ state: 'bad', advice: expect.stringContaining('confirm-copy') as unknown });

    const status = await sut.execute(new ConfirmKekCopyCommand(aCaller()));

    expect(status).toMatchObject({ copyConfirmedAt: '2026-11-22T12:00:00.000Z', openToOthers: false });
    expect(await copies()).toMatchObject({ state: 'good' });
    expect((await state.get(KEK_DOCUMENT))?.outbox).toEqual([{ id: 'keytrail.kek_copy_confirmed' }]);
    await rotate();
    expect(await copies()).toMatchObject({ state: 'bad' });
  });
});
