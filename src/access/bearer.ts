/** Access tokens of the site's identity provider (RFC 9068), taken only as RFC 8725 would have them taken. */
import { createRemoteJWKSet, decodeProtectedHeader, type JWTVerifyGetKey, jwtVerify } from 'jose';

export interface Bearer {
  /** Who the token is about, or undefined for one that proves nothing. */
  read(text: string): Promise<Identity | undefined>;
}

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly factors: 1 | 2;
}

/** Only signatures by a private key: with a shared secret, whoever checks a token could make one. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
/** A key that the token itself brings or points to is never looked at, and neither is a token that asks for it. */
const refusedHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'zip'] as const;
const skewSeconds = 60;
const longestText = 8192;

export function openBearer(site: {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: URL | JWTVerifyGetKey;
}): Bearer {
  const keys =
    site.keys instanceof URL
      ? createRemoteJWKSet(site.keys, { cooldownDuration: 30_000, timeoutDuration: 3000 })
      : site.keys;
  return {
    async read(text) {
      if (text.length > longestText) return undefined;
      try {
        const header = decodeProtectedHeader(text) as Record<string, unknown>;
        if (refusedHeaders.some((name) => header[name] !== undefined)) return undefined;
        if (typeof header['kid'] !== 'string') return undefined;
        const { payload } = await jwtVerify(text, keys, {
          issuer: site.issuer,
          audience: site.audience,
          algorithms,
          typ: 'at+jwt',
          clockTolerance: skewSeconds,
          requiredClaims: ['iss', 'aud', 'sub', 'exp', 'iat'],
        });
        const { sub, nonce, amr } = payload;
        // A nonce belongs to a token of identity, which is about a sign-in and lets nobody in.
        if (typeof sub !== 'string' || sub === '' || nonce !== undefined) return undefined;
        return { issuer: site.issuer, subject: sub, factors: factorsOf(amr) };
      } catch {
        return undefined;
      }
    },
  };
}

/** What the provider says of how somebody signed in (RFC 8176). */
export function factorsOf(amr: unknown): 1 | 2 {
  return Array.isArray(amr) && amr.includes('mfa') ? 2 : 1;
}
