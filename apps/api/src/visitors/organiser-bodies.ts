import { json, type RequestHandler } from 'express';
import { holdsToken } from '../access/token.ts';

/**
 * Reads JSON bodies of organisers, whose routes alone take some: 4,000 connections of strangers with half a body each would hold
 * 400 MB. The largest body is a competition's settings: 10,000 characters of description.
 */
export function organiserBodies(adminToken: string | null): RequestHandler {
  const parse = json({ limit: '100kb' });
  return (request, response, next) => {
    if (holdsToken(request, adminToken)) parse(request, response, next);
    else next();
  };
}
