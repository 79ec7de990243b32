import type { INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PERMISSION, type Permission } from './permission.decorator.ts';

export interface Route {
  handler: string;
  permission: Permission | undefined;
}

/** Every route handler of the application, with its permission. */
export function listRoutes(application: INestApplicationContext): Route[] {
  const scanner = new MetadataScanner();
  const reflector = application.get(Reflector);
  return application
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: unknown[]) => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = prototype[method];
        if (
          !handler ||
          !Reflect.hasMetadata(PATH_METADATA, handler) ||
          !Reflect.hasMetadata(METHOD_METADATA, handler)
        )
          return [];
        return [
          {
            handler: `${String(name)}.${method}`,
            permission: reflector.get<Permission | undefined>(PERMISSION, handler),
          },
        ];
      });
    });
}

/** Throws if a route names no permission: whoever adds one has to decide who may use it. */
export function requirePermissions(application: INestApplicationContext): void {
  const bare = listRoutes(application).filter((route) => route.permission === undefined);
  if (bare.length > 0) {
    throw new Error(
      `routes without a permission: ${bare.map((route) => route.handler).join(', ')}; add @Needs(…)`,
    );
  }
}
