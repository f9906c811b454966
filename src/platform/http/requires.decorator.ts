import { RouteConfig } from '@nestjs/platform-fastify';
import type { Permission } from '../../domain/principal.js';

/** What a route asks of its caller. A route that says nothing is refused to everyone. */
export interface RouteAccess {
  /** The permission a key must have, or `key` where any valid key will do. */
  readonly requires?: Permission | 'key';
  /** Only for the user of this host, by the command line in the service's own process. */
  readonly hostOnly?: boolean;
  /** For everyone, without a key. */
  readonly open?: boolean;
  /** The body is handed over as bytes, decompressed, not parsed. */
  readonly rawBody?: boolean;
}

/** Lets callers with this permission use the route. Checked before the body is read. */
export function Requires(
  permission: Permission | 'key',
  more: Pick<RouteAccess, 'hostOnly' | 'rawBody'> = {},
): MethodDecorator {
  return RouteConfig({ requires: permission, ...more } satisfies RouteAccess);
}

/** Lets everyone use the route. */
export function Open(): MethodDecorator {
  return RouteConfig({ open: true } satisfies RouteAccess);
}
