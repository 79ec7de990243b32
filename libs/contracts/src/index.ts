export * from './states.ts';
export * from './views.ts';
export * from './events.ts';
export * from './frame.ts';
export * from './words.ts';
export * from './labels.ts';
export * from './causes.ts';
export * from './challenge.ts';
