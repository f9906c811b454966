import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { DiagnosticCheck, type Finding } from '../platform/diagnostics/diagnostic-check.js';
import { DiskWatcher } from '../platform/disk/disk-watcher.js';
import { Health } from '../platform/health/health.js';

/** As the alert KeytrailDiskDaysLeft. */
const DAYS_TO_PLAN = 14;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** The set-up as a whole: what runs, where it listens, how much room there is. */
@Injectable()
export class InstallationCheck extends DiagnosticCheck {
  override readonly area = 'installation';

  constructor(
    private readonly config: KeytrailConfig,
    private readonly health: Health,
    private readonly disk: DiskWatcher,
  ) {
    super();
  }

  override async run(): Promise<readonly Finding[]> {
    await this.disk.look();
    return [this.#parts(), await this.#listening(), this.#space()];
  }

  #parts(): Finding {
    const parts = [...this.health.parts];
    const broken = parts.filter(([, { state }]) => state !== 'working');
    const facts = Object.fromEntries(parts.map(([part, { state }]) => [part, state]));
    const name = 'installation.parts';
    if (broken.length === 0) return { name, state: 'good', facts };
    return { name, state: 'bad', facts, advice: 'See the runbook for the code that /metrics and the log name.' };
  }

  async #listening(): Promise<Finding> {
    const name = 'installation.listening';
    const { host, port } = this.config.http;
    const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true });
    const local = addresses.every(({ address, family }) => loopback.check(address, family === 4 ? 'ipv4' : 'ipv6'));
    const facts = { host, port, loopbackOnly: local };
    if (local) return { name, state: 'good', facts };
    return { name, state: 'warning', facts, advice: 'Keys cross the network: put TLS in front of the service.' };
  }

  #space(): Finding {
    const name = 'installation.disk';
    const { outlook } = this.disk;
    if (!outlook) return { name, state: 'unknown', facts: {}, advice: 'The disk could not be measured.' };
    const facts = {
      usedPercent: Math.round(outlook.usedPercent * 10) / 10,
      daysLeft: outlook.daysLeft === undefined ? null : Math.floor(outlook.daysLeft),
    };
    const fillsSoon = outlook.daysLeft !== undefined && outlook.daysLeft < DAYS_TO_PLAN;
    if (outlook.alarm === 0 && !fillsSoon) return { name, state: 'good', facts };
    const advice = "Free space on the data folder's disk, or move the folder to a larger one.";
    return { name, state: outlook.alarm === 90 ? 'bad' : 'warning', facts, advice };
  }
}
