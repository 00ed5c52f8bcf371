/** Signing in with the site's identity provider: authorization code with PKCE, state and nonce. */
import * as oidc from 'openid-client';
import { Unavailable } from '../errors.ts';
import { type Bearer, factorsOf, openBearer } from './bearer.ts';

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly audience: string;
  readonly redirectTo: string;
}

/** What is kept between going out and coming back, sealed in a cookie. */
export interface SignInUnderWay {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export interface SignedIn {
  readonly issuer: string;
  readonly subject: string;
  /** Only as the provider has verified it. */
  readonly email: string | null;
  readonly factors: 1 | 2;
}

export interface IdentityProvider {
  readonly bearer: Bearer;
  begin(): Promise<{ readonly address: string; readonly underWay: SignInUnderWay }>;
  finish(cameBack: URL, underWay: SignInUnderWay): Promise<SignedIn | undefined>;
}

export async function openIdentityProvider(settings: ProviderSettings): Promise<IdentityProvider> {
  const site = await discover(settings);
  const { issuer, jwks_uri: keys } = site.serverMetadata();
  if (keys === undefined)
    throw new Unavailable('OIDC_KEYS', 'The identity provider names no keys (jwks_uri).');
  return {
    bearer: openBearer({ issuer, audience: settings.audience, keys: new URL(keys) }),
    async begin() {
      const underWay = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
      };
      const address = oidc.buildAuthorizationUrl(site, {
        redirect_uri: settings.redirectTo,
        scope: 'openid email',
        code_challenge: await oidc.calculatePKCECodeChallenge(underWay.verifier),
        code_challenge_method: 'S256',
        state: underWay.state,
        nonce: underWay.nonce,
      });
      return { address: address.href, underWay };
    },
    async finish(cameBack, { verifier, state, nonce }) {
      try {
        const tokens = await oidc.authorizationCodeGrant(site, cameBack, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) return undefined;
        const { email, email_verified: verified } = claims;
        return {
          issuer,
          subject: claims.sub,
          email: typeof email === 'string' && verified === true ? email.toLowerCase() : null,
          factors: factorsOf(claims['amr']),
        };
      } catch {
        return undefined;
      }
    },
  };
}

async function discover(settings: ProviderSettings): Promise<oidc.Configuration> {
  const issuer = new URL(settings.issuer);
  const onThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
  try {
    return await oidc.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      execute: onThisMachine ? [oidc.allowInsecureRequests] : [],
      timeout: 10,
    });
  } catch (cause) {
    throw new Unavailable('OIDC_ISSUER', `The identity provider ${issuer.origin} does not answer as one.`, {
      remedy:
        'Check TESSERA_OIDC_ISSUER: its /.well-known/openid-configuration must be reachable over https.',
      cause,
    });
  }
}
