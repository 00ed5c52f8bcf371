import { type IdentityProvider, openIdentityProvider } from '../../access/identity-provider.ts';
import type { Settings } from '../../config.ts';
import { Misuse } from '../../errors.ts';

/** The site's identity provider, if the settings name one; half named, it stops the start. */
export async function siteProvider(settings: Settings): Promise<IdentityProvider | undefined> {
  const { oidcIssuer: issuer, oidcClientId: clientId, publicUrl } = settings;
  if (issuer === undefined) return undefined;
  if (clientId === undefined || publicUrl === undefined)
    throw new Misuse(
      'OIDC_SETTINGS',
      'An identity provider needs a client id and the hub’s public address.',
      {
        remedy: 'Set TESSERA_OIDC_CLIENT_ID and TESSERA_PUBLIC_URL too; docs/access.md shows how.',
      },
    );
  return openIdentityProvider({
    issuer,
    clientId,
    clientSecret: settings.oidcClientSecret,
    audience: settings.oidcAudience ?? publicUrl,
    redirectTo: `${publicUrl}/sign-in/provider/return`,
  });
}
