import { renderPage } from '../layout/page.tsx';
import type { Visit } from '../visit.ts';

export interface SignInView {
  readonly failed: boolean;
  /** Whether the site has an identity provider of its own. */
  readonly provider: boolean;
}

export function renderSignIn(visit: Visit, { failed, provider }: SignInView): string {
  return renderPage({
    visit,
    title: 'Sign in',
    children: (
      <>
        <h1>Sign in</h1>
        {failed && (
          <p role="alert">
            That did not work. A link is good once and for a quarter of an hour; otherwise check the password
            and the code.
          </p>
        )}
        {provider && (
          <p>
            <a href="/sign-in/provider">Sign in with your organisation’s account</a>
          </p>
        )}
        <form method="post" action="/sign-in">
          <p>
            <label for="email">E-mail address</label>
            <br />
            <input id="email" name="email" type="email" autocomplete="username" required />
          </p>
          <p>
            <label for="password">Password</label>
            <br />
            <input id="password" name="password" type="password" autocomplete="current-password" required />
          </p>
          <p>
            <label for="code">Code of your authenticator, if you have one</label>
            <br />
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" />
          </p>
          <p>
            <button type="submit">Sign in</button>
          </p>
        </form>
      </>
    ),
  });
}
