import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Socket } from 'node:net';
import { userInfo } from 'node:os';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HOST_KEY_ID, type Principal } from '../domain/principal.js';
import { permissionsOf } from './domain/permissions.js';

export const HOST_HEADER = 'keytrail-host';

/**
 * The user of this host, who may do everything: the command line starts the service in its own process, without
 * listening, and calls it through `inject` with these headers. The token is random, of this process, and counts for
 * nothing on a socket.
 */
@Injectable()
export class HostAccess {
  #token: Buffer | undefined;

  /** Headers for requests by `inject`. Until this is called there is no such access. */
  headers(): Readonly<Record<string, string>> {
    this.#token ??= randomBytes(32);
    return { [HOST_HEADER]: this.#token.toString('base64url') };
  }

  principalOf(request: FastifyRequest): Principal | undefined {
    const header = request.headers[HOST_HEADER];
    if (!this.#token || typeof header !== 'string') return undefined;
    if ((request.raw.socket as unknown) instanceof Socket) return undefined;
    const given = Buffer.from(header, 'base64url');
    return given.length === this.#token.length && timingSafeEqual(given, this.#token) ? this.principal() : undefined;
  }

  /** The user whom this process runs as. */
  principal(): Principal {
    return {
      keyId: HOST_KEY_ID,
      role: 'admin',
      permissions: permissionsOf('admin', true),
      actorKind: 'user',
      name: userName(),
      limits: {},
    };
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id that has no name.
    return `uid-${String(process.getuid?.() ?? 'unknown')}`;
  }
}
