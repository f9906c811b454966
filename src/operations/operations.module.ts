import { Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DiskWatcher } from '../platform/disk/disk-watcher.js';
import { ClockCheck } from './clock.check.js';
import { DiagnosticsController } from './http/diagnostics.controller.js';
import { HealthController } from './http/health.controller.js';
import { MetricsController } from './http/metrics.controller.js';
import { OpenApiController } from './http/openapi.controller.js';
import { ViewsController } from './http/views.controller.js';
import { InstallationCheck } from './installation.check.js';
import { MetricsServer } from './metrics-server.js';
import { OpenApiDocument } from './openapi-document.js';
import { Scrape } from './scrape.js';

/** What whoever runs the service looks at. */
@Module({
  imports: [DiscoveryModule],
  controllers: [DiagnosticsController, HealthController, MetricsController, OpenApiController, ViewsController],
  providers: [ClockCheck, InstallationCheck, MetricsServer, OpenApiDocument, Scrape],
  exports: [MetricsServer, OpenApiDocument],
})
export class OperationsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly disk: DiskWatcher) {}

  onApplicationBootstrap(): Promise<void> {
    return this.disk.start();
  }

  onApplicationShutdown(): void {
    this.disk.stop();
  }
}
