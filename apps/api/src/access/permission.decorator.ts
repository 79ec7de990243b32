import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** `public`: anybody reads. `submit`: who may hand in agents. `organiser`: who may change competitions. */
export type Permission = 'public' | 'submit' | 'organiser';

export const PERMISSION = 'arena:permission';

/** Names who may use a route. A route without one is closed to everybody. */
export const Needs = (permission: Permission): CustomDecorator => SetMetadata(PERMISSION, permission);
