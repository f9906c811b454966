import { Module } from '@nestjs/common';
import { Clock } from './platform/clock.js';
import { SystemClock } from './platform/system-clock.js';

/** Composes the rooms, in the order an event passes them. */
@Module({ providers: [{ provide: Clock, useClass: SystemClock }] })
export class AppModule {}
