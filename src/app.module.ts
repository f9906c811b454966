import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from './access/access.module.js';
import { ConfigModule } from './config/config.module.js';
import type { KeytrailConfig } from './config/keytrail.config.js';
import { ConsumingModule } from './consuming/consuming.module.js';
import { IngestionModule } from './ingestion/ingestion.module.js';
import { OperationsModule } from './operations/operations.module.js';
import type { Platform } from './platform/platform.js';
import { PlatformModule } from './platform/platform.module.js';
import { KekModule } from './privacy/kek.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { HttpReceiverModule } from './receivers/http/http-receiver.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import type { EmbeddedStores } from './storage/embedded-stores.js';
import { StorageModule } from './storage/storage.module.js';
import { TrailModule } from './trail/trail.module.js';

/** Composes the rooms, in the order an event passes them. */
@Module({})
export class AppModule {
  static of(config: KeytrailConfig, platform: Platform, stores: EmbeddedStores): DynamicModule {
    const runs = (component: KeytrailConfig['components'][number]): boolean => config.components.includes(component);
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        PlatformModule.of(platform),
        CqrsModule.forRoot(),
        StorageModule.of(stores),
        PrivacyModule,
        IngestionModule,
        AccessModule,
        KekModule,
        ConsumingModule,
        ...(runs('api') ? [TrailModule] : []),
        ...(runs('api') || runs('reports') ? [ReportingModule] : []),
        OperationsModule,
        ...(runs('receivers') ? [HttpReceiverModule] : []),
      ],
    };
  }
}
