export * from './fields.ts';
export { jsonFault } from './json-fault.ts';
export * from './manifest.ts';
export * from './manifest-errors.ts';
export * from './wire.ts';
export * from './observation-frame.ts';
export * from './changes-frame.ts';
export * from './answer-reader.ts';
export * from './protocol-error.ts';
