import { renderPage } from '../layout/page.tsx';
import type { Visit } from '../visit.ts';

export interface SignInView {
  readonly failed: boolean;
  /** Whether the site has an identity provider of its own. */
  readonly provider: boolean;
}

export function renderSignIn(visit: Visit, { failed, provider }: SignInView): string {
  const { say } = visit;
  return renderPage({
    visit,
    title: say('sign_in'),
    children: (
      <>
        <h1>{say('sign_in')}</h1>
        <p class="lead">{say('sign_in.public')}</p>
        {failed && (
          <p class="notice" role="alert">
            {say('sign_in.failed')}
          </p>
        )}
        {provider && (
          <p>
            <a href="/sign-in/provider">{say('sign_in.provider')}</a>
          </p>
        )}
        <form class="sign-in" method="post" action="/sign-in">
          <div>
            <label for="email">{say('sign_in.email')}</label>
            <input id="email" name="email" type="email" autocomplete="username" required />
          </div>
          <div>
            <label for="password">{say('sign_in.password')}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
          </div>
          <div>
            <label for="code">{say('sign_in.code')}</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" />
          </div>
          <button type="submit">{say('sign_in')}</button>
        </form>
      </>
    ),
  });
}
