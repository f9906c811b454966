import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { FrameworkLogger } from '../logging/framework-logger.js';
import type { Platform } from '../platform.js';
import { BodyBudget } from './bodies/body-budget.js';
import { readBodies, type BodyLimits } from './bodies/body-parser.js';
import { createHttpAdapter } from './http-adapter.js';
import { refuseUnknownCallers } from './refuse-unknown-callers.js';
import { validation } from './validation.js';

export interface ApplicationOptions {
  readonly trustedProxies: readonly string[];
  readonly bodies: BodyLimits;
  /** Bytes of all raw bodies in memory at once. */
  readonly bytesInFlight: number;
}

/** The application around its rooms: initialised, not listening. A start that fails closes what was opened. */
export async function createApplication(
  rooms: DynamicModule,
  options: ApplicationOptions,
  platform: Platform,
): Promise<NestFastifyApplication> {
  const adapter = createHttpAdapter(
    { trustedProxies: options.trustedProxies, bodyWait: options.bodies.wait },
    platform,
  );
  refuseUnknownCallers(adapter.getInstance<FastifyInstance>());
  const budget = new BodyBudget(options.bytesInFlight, (bytes) => {
    platform.metrics.bodyBytesInFlight.set(bytes);
  });
  readBodies(adapter.getInstance<FastifyInstance>(), options.bodies, budget);
  const application = await NestFactory.create<NestFastifyApplication>(rooms, adapter, {
    logger: new FrameworkLogger(platform.logger),
    abortOnError: false,
    bodyParser: false,
  });
  application.useGlobalPipes(validation());
  platform.health.report('http', { state: 'starting' });
  try {
    await application.init();
    await adapter.getInstance<FastifyInstance>().ready();
  } catch (error) {
    await application.close().catch(() => undefined);
    throw error;
  }
  return application;
}
