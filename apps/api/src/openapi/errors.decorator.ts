import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ErrorDto } from './error.dto.ts';

const MEANINGS: Record<number, string> = {
  400: 'The request cannot be understood.',
  401: 'A token is needed.',
  403: 'The token does not allow this.',
  404: 'There is no such thing.',
  408: 'What was announced did not come.',
  409: 'It contradicts what is there already.',
  410: 'It is not kept any more.',
  413: 'Too large.',
  415: 'Another content type is needed.',
  422: 'Understood, and refused with a reason.',
  503: 'Too busy right now.',
};

/** Documents which errors a route answers with. */
export function ApiErrors(...statuses: number[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, type: ErrorDto, description: MEANINGS[status] ?? '' })),
  );
}
