import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { Scrape } from './scrape.js';

/** Metrics without a key, on a port of their own that only the monitoring should reach. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  #server: Server | undefined;

  constructor(
    private readonly config: KeytrailConfig,
    private readonly scrape: Scrape,
  ) {}

  /** Listens when the configuration names a port; answers with the one it got. */
  async start(): Promise<number | undefined> {
    const { metricsHost: host, metricsPort: port } = this.config.http;
    if (port === undefined) return undefined;
    const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      void this.scrape.text().then((text) => {
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
      });
    });
    this.#server = server;
    server.listen({ host, port });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  onApplicationShutdown(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
