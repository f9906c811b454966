import { maxHeaderSize } from 'node:http';
import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { RouteTable } from '../platform/http/route-table.js';
import { completeDescription, SECURITY } from './openapi-description.js';

const ABOUT =
  `An audit trail for secrets. The address and the headers of a request have at most ${maxHeaderSize} bytes together: a longer filter is ` +
  'saved first, and named by its id.';

/** The command line in the service's own process; a request that comes over a network is never one of these. */
const HOST_ONLY = {
  type: 'apiKey',
  in: 'header',
  name: 'keytrail-host',
  description:
    "The user of the host, through the command line in the service's own process; counts for nothing on a socket",
} as const;

/** The API's description, OpenAPI 3.1: made from the routes themselves, when it is first asked for. */
@Injectable()
export class OpenApiDocument {
  #make: (() => OpenAPIObject) | undefined;
  #text: string | undefined;

  constructor(private readonly routes: RouteTable) {}

  /** The framework describes routes from the application as a whole, which no provider can be given. */
  describe(application: INestApplication, version: string): void {
    this.#make = () => {
      const settings = new DocumentBuilder()
        .setOpenAPIVersion('3.1.0')
        .setTitle('Keytrail')
        .setDescription(ABOUT)
        .setVersion(version)
        .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
        .addServer('/')
        .addSecurity(SECURITY.host, HOST_ONLY)
        .addSecurity(SECURITY.key, { type: 'http', scheme: 'bearer', description: 'A key: kt_...' })
        .build();
      return completeDescription(SwaggerModule.createDocument(application, settings), this.routes.routes);
    };
  }

  /** JSON text. */
  get text(): string {
    this.#text ??= JSON.stringify(this.#make?.() ?? {});
    return this.#text;
  }
}
