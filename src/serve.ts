import process from 'node:process';
import type { KeytrailConfig } from './config/keytrail.config.js';
import type { ConfigReading } from './config/read-config.js';
import { endLeanStart } from './platform/lean-start.js';
import { stopOnSignal } from './platform/stop-on-signal.js';
import { Service } from './service.js';

/**
 * Runs the service until it is told to stop. Resolves with its address as soon as it listens.
 * @throws KeytrailError when it can't start
 */
export async function serve({ config, unknown }: ConfigReading): Promise<{ address: string; config: KeytrailConfig }> {
  const service = await Service.open(config);
  const { logger } = service.platform;
  for (const name of unknown) logger.event('config.unknown_setting', { name });
  stopOnSignal(process, {
    stop: () => service.stop(),
    wait: config.waits.stop,
    logger,
    exit: (code) => process.exit(code),
  });
  try {
    const address = await service.listen(terminal());
    endLeanStart();
    return { address, config };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** Only a terminal may be shown a key: whatever else standard output is may keep it. */
function terminal(): ((text: string) => void) | undefined {
  return process.stdout.isTTY ? (text) => void process.stdout.write(text) : undefined;
}
