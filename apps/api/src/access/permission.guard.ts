import { HttpStatus, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { ApiError } from '../errors/api-error.ts';
import { bearerOf, holdsToken } from './token.ts';
import { PERMISSION, type Permission } from './permission.decorator.ts';

/** Lets a request through only where the route's permission says so. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    // Sockets ask for rooms, and the gateway checks each.
    if (context.getType() !== 'http') return true;
    const permission = this.reflector.get<Permission | undefined>(PERMISSION, context.getHandler());
    switch (permission) {
      case 'public':
        return true;
      case 'submit':
        if (this.config.openSubmissions) return true;
        return this.requireToken(context, 'Submitting');
      case 'organiser':
        return this.requireToken(context, 'This');
      case undefined:
        throw new ApiError(HttpStatus.FORBIDDEN, 'forbidden', 'This route is open to nobody.');
    }
  }

  private requireToken(context: ExecutionContext, what: string): boolean {
    const { adminToken } = this.config;
    if (adminToken === null) {
      throw new ApiError(
        HttpStatus.FORBIDDEN,
        'forbidden',
        `${what} needs a token, and this server has none set up (ARENA_ADMIN_TOKEN). Ask its organisers.`,
      );
    }
    const request = context.switchToHttp().getRequest<Request>();
    if (bearerOf(request) === undefined) {
      throw new ApiError(
        HttpStatus.UNAUTHORIZED,
        'unauthorized',
        `${what} needs a token: send the header "Authorization: Bearer …".`,
        { 'WWW-Authenticate': 'Bearer' },
      );
    }
    if (!holdsToken(request, adminToken)) {
      throw new ApiError(
        HttpStatus.FORBIDDEN,
        'forbidden',
        'The token is not valid here. Ask the organisers for yours.',
      );
    }
    return true;
  }
}
