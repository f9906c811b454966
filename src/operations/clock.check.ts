import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { Clock } from '../platform/clock.js';
import { DiagnosticCheck, type Finding } from '../platform/diagnostics/diagnostic-check.js';

/** No installation is older than the program. */
const OLDEST = Date.UTC(2026, 0, 1);
const TOLERANCE_MS = 5_000;

/** Whether the machine's clock can be right: it is not behind the program or behind what was written before. */
@Injectable()
export class ClockCheck extends DiagnosticCheck {
  override readonly area = 'clock';

  constructor(
    private readonly config: KeytrailConfig,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async run(): Promise<readonly Finding[]> {
    const now = this.clock.now();
    const behindMs = Math.max(0, OLDEST - now.getTime(), (await this.#newestWrite()) - now.getTime());
    const facts = { now: now.toISOString(), behindMs: Math.round(behindMs) };
    const name = 'clock.plausible';
    if (behindMs <= TOLERANCE_MS) return [{ name, state: 'good', facts }];
    return [{ name, state: 'bad', facts, advice: 'Set the clock, and keep it so by NTP: times are evidence.' }];
  }

  async #newestWrite(): Promise<number> {
    const names = await readdir(this.config.data);
    const files = await Promise.all(names.map((name) => stat(join(this.config.data, name)).catch(() => undefined)));
    return Math.max(0, ...files.map((file) => file?.mtimeMs ?? 0));
  }
}
