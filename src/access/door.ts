/** Who is asking: by what a request carries, and by nothing else. */
import type { DataSource } from 'typeorm';
import { Refused } from '../errors.ts';
import type { Bearer } from './bearer.ts';
import { anybody, type Reader } from './reader.ts';
import { isTokenText } from './secret-text.ts';
import { readerOfSession } from './sessions.ts';
import { readerOfIdentity } from './sign-in.ts';
import { readerOfToken } from './tokens.ts';

export interface Credentials {
  readonly authorization: string | undefined;
  readonly session: string | undefined;
  /** Which of several roles the reader means, for a token of the identity provider. */
  readonly role: string | undefined;
}

/**
 * A token that is not good is refused and never taken for the public: its bearer would otherwise wonder at half an
 * answer. A session that has ended leaves the public.
 */
export async function readerOf(
  gate: DataSource,
  bearer: Bearer | undefined,
  { authorization, session, role }: Credentials,
): Promise<Reader> {
  if (authorization !== undefined) {
    const text = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(authorization)?.[1] ?? '';
    const reader = isTokenText(text)
      ? await readerOfToken(gate, text)
      : await readerOfAccessToken(gate, bearer, text, role);
    if (reader === undefined) throw unauthenticated();
    return reader;
  }
  return (session === undefined ? undefined : await readerOfSession(gate, session)) ?? anybody;
}

async function readerOfAccessToken(
  gate: DataSource,
  bearer: Bearer | undefined,
  text: string,
  role: string | undefined,
): Promise<Reader | undefined> {
  const identity = text === '' ? undefined : await bearer?.read(text);
  return identity === undefined ? undefined : readerOfIdentity(gate, identity, role);
}

/** One refusal for every way in which a token can fail. */
function unauthenticated(): Refused {
  return new Refused(
    'UNAUTHENTICATED',
    'The token is not good: unknown, expired, revoked, or for another hub.',
    {
      remedy: 'Make one with `npx tessera token create`, or sign in again.',
    },
  );
}
