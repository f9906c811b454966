import { Module, type DynamicModule } from '@nestjs/common';
import { KeytrailConfig } from './keytrail.config.js';

/** Gives every room the one configuration. */
@Module({})
export class ConfigModule {
  static of(config: KeytrailConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: KeytrailConfig, useValue: config }],
      exports: [KeytrailConfig],
    };
  }
}
