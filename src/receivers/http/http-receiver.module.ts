import { Module } from '@nestjs/common';
import { RecordEventsController } from './record-events.controller.js';

@Module({ controllers: [RecordEventsController] })
export class HttpReceiverModule {}
