import { Arg } from 'type-graphql';
import { nothingHere } from '../access/permit.ts';
import type { Reader } from '../access/reader.ts';
import { Refused } from '../errors.ts';

/** Asked of every mutation that makes something: sent again with the same key, it makes nothing twice. */
export function KeyArg(): ReturnType<typeof Arg> {
  return Arg('idempotencyKey', () => String, {
    description: 'Any text of the caller’s; the same request sent again with it changes nothing.',
    validateFn: (key: unknown) => {
      if (typeof key !== 'string' || key.length < 1 || key.length > 200)
        throw new Refused('IDEMPOTENCY_KEY', 'An idempotency key has 1 to 200 characters.');
    },
  });
}

export function signedIn(reader: Reader): string {
  if (reader.person === null) throw nothingHere();
  return reader.person;
}

/** An id that is none names nothing, like one that is not there. */
export function idOf(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw nothingHere();
  return text;
}
