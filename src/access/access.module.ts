import { Module, type OnModuleInit } from '@nestjs/common';
import { Health } from '../platform/health/health.js';
import { AccessHook } from './access-hook.js';
import { BootstrapKey } from './bootstrap-key.js';
import { IssueKeyHandler } from './commands/issue-key/issue-key.handler.js';
import { RecoverKeyHandler } from './commands/recover-key/recover-key.handler.js';
import { RevokeKeyHandler } from './commands/revoke-key/revoke-key.handler.js';
import { HostAccess } from './host-access.js';
import { KeysController } from './http/keys.controller.js';
import { KeyDirectory } from './key-directory.js';
import { KeyMaker } from './key-maker.js';
import { KeyRings } from './key-rings.js';
import { ListKeysHandler } from './queries/list-keys/list-keys.handler.js';
import { RefusalRecorder } from './refusal-recorder.js';
import { SealedNames } from './sealed-names.js';

/** Who may do what: the key ring, the decision on every request, the record of every refusal. */
@Module({
  controllers: [KeysController],
  providers: [
    AccessHook,
    BootstrapKey,
    HostAccess,
    IssueKeyHandler,
    KeyDirectory,
    KeyMaker,
    KeyRings,
    ListKeysHandler,
    RecoverKeyHandler,
    RefusalRecorder,
    RevokeKeyHandler,
    SealedNames,
  ],
  exports: [BootstrapKey, HostAccess],
})
export class AccessModule implements OnModuleInit {
  constructor(
    private readonly rings: KeyRings,
    private readonly health: Health,
  ) {}

  async onModuleInit(): Promise<void> {
    this.health.report('access', { state: 'starting' });
    await this.rings.refresh();
    this.health.report('access', { state: 'working' });
  }
}
