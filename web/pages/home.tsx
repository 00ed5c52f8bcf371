import { renderPage } from '../layout/page.tsx';

export interface HomeView {
  readonly version: string;
  /** Whether the hub holds made-up data; then the page says so. */
  readonly madeUp: boolean;
  readonly release:
    | { readonly number: number; readonly state: string; readonly closedOn: string }
    | undefined;
}

export function renderHome({ version, release, madeUp }: HomeView): string {
  return renderPage({
    title: 'Tessera',
    children: (
      <>
        {madeUp && (
          <p class="lead">
            <strong>Made-up data.</strong> This hub holds an invented state. No person in it is real, and no
            figure says anything about a real place.
          </p>
        )}
        <h1>One picture from many tiles</h1>
        <p class="lead">
          Tessera brings together what child welfare, probation, health and education know about young people
          who experienced commercial sexual exploitation, so that a county can see how many there are, which
          systems they pass through and which services are missing. It holds no names, and nobody can see a
          face.
        </p>
        <section aria-labelledby="release">
          <h2 id="release">Current release</h2>
          {release === undefined ? (
            <p>There is no release yet. Figures appear here when the first one is published.</p>
          ) : (
            <dl class="facts">
              <dt>Number</dt>
              <dd>{release.number}</dd>
              <dt>State</dt>
              <dd>{release.state}</dd>
              <dt>Period closed</dt>
              <dd>
                <time dateTime={release.closedOn}>{release.closedOn}</time>
              </dd>
            </dl>
          )}
        </section>
        <section aria-labelledby="hub">
          <h2 id="hub">This hub</h2>
          <dl class="facts">
            <dt>Version</dt>
            <dd>{version}</dd>
            <dt>GraphQL</dt>
            <dd>
              <code>POST /graphql</code>
            </dd>
            <dt>Health</dt>
            <dd>
              <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a>
            </dd>
          </dl>
        </section>
      </>
    ),
  });
}
