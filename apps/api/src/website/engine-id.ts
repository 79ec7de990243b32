/** Token under which the id of the engine served to browsers is injected: a string, or null for none. */
export const ENGINE_ID = Symbol('engine id');
