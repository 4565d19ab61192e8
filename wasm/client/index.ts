/** The typed client over the WebAssembly engine; runs in browsers, workers and Node alike. */
export * from './engine';
export * from './types';
export * from './client';
export * from './requestHandler';
