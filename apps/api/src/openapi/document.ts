import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document of all routes. */
export function describeApi(application: INestApplication, version: string): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('NetHack Arena')
    .setDescription(
      'Competitions, submissions, games and replays, as the [website](/) shows them. Every error body is `{ code, message }`.',
    )
    .setVersion(version)
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(application, head);
}

/** Serves it at /api/docs, and as JSON at /api/docs-json. */
export function serveDocument(application: INestApplication, version: string): void {
  SwaggerModule.setup('api/docs', application, () => describeApi(application, version), {
    customSiteTitle: 'API · NetHack Arena',
    customfavIcon: '/favicon.svg',
    // The bar advertises the documentation's own software; the schemas are shown with the routes that use them.
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: { defaultModelsExpandDepth: 0 },
  });
}
