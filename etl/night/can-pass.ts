/** Whether what stopped a stage may be gone in a moment: then it is worth another attempt. */
import { Held, Unavailable } from '../../src/errors.ts';

/** SQLSTATE classes: connection, serialization and deadlock, resources (a full disk), the operator's hand, the system. */
const STATES = /^(08|40|53|57P|58|XX)/;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOSPC',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);
/** What the driver says without a code when the server went away under it. */
const WORDS =
  /Connection terminated|connection was closed|Client has encountered a connection error|timeout exceeded when trying to connect|already released|Connection ended/i;

export function canPass(error: unknown): boolean {
  if (error instanceof Unavailable) return error.code !== 'STAGE_TIMED_OUT';
  if (error instanceof Held) return error.code === 'STAGE_RUNNING';
  const code = codeOf(error);
  if (code !== undefined) return STATES.test(code) || NETWORK.has(code);
  return error instanceof Error && WORDS.test(error.message);
}

/** What may be said of an error that is not ours: a code, never its message, which may repeat a value of a row. */
export function codeOf(error: unknown): string | undefined {
  const told = error as { code?: unknown; driverError?: { code?: unknown } } | null | undefined;
  for (const code of [told?.driverError?.code, told?.code])
    if (typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code)) return code;
  return undefined;
}
