import { performance } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

/**
 * The few facts about the process that alerts need, under their usual names. Read when asked for: the client library's
 * own set keeps observers running that cost more than they tell.
 */
export function observeProcess(registry: Registry): void {
  let before = performance.eventLoopUtilization();
  const read: Readonly<Record<string, readonly [help: string, value: () => number]>> = {
    process_resident_memory_bytes: ['Resident memory', () => process.memoryUsage.rss()],
    process_cpu_seconds_total: ['Processor time used', () => cpuSeconds()],
    process_start_time_seconds: ['Start of the process', () => performance.timeOrigin / 1000],
    nodejs_heap_size_used_bytes: ['JavaScript heap in use', () => process.memoryUsage().heapUsed],
    nodejs_eventloop_utilization: [
      'Share of time the main thread was busy since the last reading',
      () => {
        const now = performance.eventLoopUtilization();
        const { utilization } = performance.eventLoopUtilization(now, before);
        before = now;
        return utilization;
      },
    ],
  };
  for (const [name, [help, value]] of Object.entries(read)) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
