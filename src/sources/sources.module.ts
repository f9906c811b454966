import { Module } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { readSourcesFile } from './read-sources-file.js';
import { buildSources } from './sources.registry.js';

/** DI token of the sources' configuration (`SourcesConfig`): plain data, for worker threads to build their own. */
export const SOURCES_CONFIG = Symbol('SOURCES_CONFIG');
/** DI token of all sources by kind (`ReadonlyMap<string, Source>`). */
export const SOURCES = Symbol('SOURCES');

/** Which sources there are, as the installation's file has them. */
@Module({
  providers: [
    {
      provide: SOURCES_CONFIG,
      inject: [KeytrailConfig],
      useFactory: (config: KeytrailConfig) => readSourcesFile(config.files.sources),
    },
    { provide: SOURCES, inject: [SOURCES_CONFIG], useFactory: buildSources },
  ],
  exports: [SOURCES_CONFIG, SOURCES],
})
export class SourcesModule {}
