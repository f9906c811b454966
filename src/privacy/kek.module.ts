import { Module } from '@nestjs/common';
import { ConfirmKekCopyHandler } from './commands/confirm-kek-copy/confirm-kek-copy.handler.js';
import { RotateKekHandler } from './commands/rotate-kek/rotate-kek.handler.js';
import { KekController } from './http/kek.controller.js';

/** Changes of the key-encryption key. Apart from `PrivacyModule`, as these are recorded and recording needs keys. */
@Module({ controllers: [KekController], providers: [RotateKekHandler, ConfirmKekCopyHandler] })
export class KekModule {}
