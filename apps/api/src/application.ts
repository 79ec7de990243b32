import { NestFactory } from '@nestjs/core';
import type { LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import 'reflect-metadata';
import { requirePermissions } from './access/routes.ts';
import { AppModule } from './app.module.ts';
import type { ApiConfig } from './config/config.ts';
import { checkBody, explainBody } from './errors/body-errors.ts';
import { nothingHere } from './errors/nothing-here.ts';
import { VERSION } from './health/version.ts';
import { serveDocument } from './openapi/document.ts';
import { Gate } from './visitors/gate.ts';
import { organiserBodies } from './visitors/organiser-bodies.ts';
import { compressAnswers } from './website/answers.ts';
import { engineFiles } from './website/engine-files.ts';
import { ENGINE_ID } from './website/engine-id.ts';
import { securityHeaders } from './website/headers.ts';
import { Pages } from './website/pages.ts';
import { webFiles } from './website/web-files.ts';

/** The whole API, ready but not yet listening. Rejects when the database cannot be reached. */
export async function createApplication(
  config: ApiConfig,
  logger: LoggerService | false,
): Promise<NestExpressApplication> {
  const application = await NestFactory.create<NestExpressApplication>(AppModule.of(config), {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
    bodyParser: false,
  });
  application.disable('x-powered-by');
  const gate = application.get(Gate);
  gate.guard(application.getHttpServer());
  application.use(securityHeaders);
  // Whether this process answers, whatever the database does: asked by what restarts it.
  application.use('/healthz', (request: Request, response: Response, next: NextFunction) => {
    if (request.path !== '/' || !['GET', 'HEAD'].includes(request.method)) next();
    else response.type('text/plain').set('Cache-Control', 'no-store').send('ok');
  });
  application.use('/api', compressAnswers());
  // Uploads are read as streams.
  application.use(organiserBodies(config.adminToken));
  application.use(explainBody);
  application.use(checkBody);
  application.setGlobalPrefix('api');
  requirePermissions(application);
  serveDocument(application, VERSION);
  const engineId = application.get<string | null>(ENGINE_ID);
  if (config.engineDir !== null && engineId !== null)
    application.use(await engineFiles(config.engineDir, engineId));
  if (config.webDir !== null) application.use(await webFiles(config.webDir, application.get(Pages)));
  // Routes are in place after this, so that what follows them is asked last.
  try {
    await application.init();
  } catch (error) {
    // What was opened already must not keep a program alive that has said that it cannot start.
    await application.close();
    throw error;
  }
  application.use(nothingHere);
  gate.stand(application.getHttpServer());
  return application;
}
