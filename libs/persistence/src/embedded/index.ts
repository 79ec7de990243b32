export { EmbeddedServerError } from './errors.ts';
export {
  embeddedServerUrl,
  startEmbeddedServer,
  stopEmbeddedServer,
  type EmbeddedOptions,
  type EmbeddedServer,
} from './server.ts';
export { freePort } from './port.ts';
