/** pg-boss's tables have a schema of their own. */
export const SCHEMA = 'pgboss';
