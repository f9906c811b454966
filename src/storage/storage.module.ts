import { Module, type DynamicModule } from '@nestjs/common';
import { DataFolder } from './data-folder/data-folder.js';
import type { EmbeddedStores } from './embedded-stores.js';
import { EventLog } from './event-log/event-log.port.js';
import { ReadStore } from './read-store/read-store.port.js';
import { StateStore } from './state-store/state-store.port.js';
import { StorageCheck } from './storage.check.js';

/** Gives every room the stores. Whoever opened them before the rooms closes them after the rooms. */
@Module({})
export class StorageModule {
  static of(stores: EmbeddedStores): DynamicModule {
    const shared = [
      { provide: DataFolder, useValue: stores.folder },
      { provide: EventLog, useValue: stores.eventLog },
      { provide: StateStore, useValue: stores.stateStore },
      { provide: ReadStore, useValue: stores.readStore },
    ];
    return { module: StorageModule, global: true, providers: [...shared, StorageCheck], exports: shared };
  }
}
