/** A real identity provider on a port of its own, where whoever comes is signed in as one account. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll } from 'vitest';

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who signs in next. */
  account: { sub: string; email: string; email_verified: boolean };
}

export function testProvider(redirectTo: () => string, audience: () => string): TestProvider {
  const http = createServer();
  const answer = {
    issuer: '',
    clientId: 'hub',
    clientSecret: 'a secret of the test',
    account: { sub: 'one', email: 'analyst@county.example', email_verified: true },
  };
  beforeAll(async () => {
    http.listen(0, '127.0.0.1');
    await new Promise((listening) => http.once('listening', listening));
    answer.issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const provider = new Provider(answer.issuer, {
      clients: [
        {
          client_id: answer.clientId,
          client_secret: answer.clientSecret,
          redirect_uris: [redirectTo()],
          grant_types: ['authorization_code', 'client_credentials'],
        },
      ],
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      cookies: { keys: ['k'] },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            scope: 'read',
            audience: audience(),
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      async findAccount(_context, id) {
        return { accountId: id, claims: () => ({ ...answer.account, sub: id }) };
      },
      async loadExistingGrant(context) {
        const grant = new provider.Grant({
          accountId: context.oidc.session?.accountId ?? answer.account.sub,
          clientId: context.oidc.client?.clientId ?? '',
        });
        grant.addOIDCScope('openid email');
        await grant.save();
        return grant;
      },
    });
    const handle = provider.callback();
    http.on('request', (request, response) => {
      if (request.url?.startsWith('/interaction/') === true)
        void provider.interactionFinished(request, response, { login: { accountId: answer.account.sub } });
      else void handle(request, response);
    });
  });
  afterAll(() => void http.close());
  return answer;
}
