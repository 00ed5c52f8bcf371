import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Visit } from '../visit.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';

interface PageProps {
  readonly visit: Visit;
  readonly title: string;
  /** Scripts of this page only; it reads without them. */
  readonly islands?: readonly string[];
  readonly children: ComponentChildren;
}

function Page({ visit, title, islands = [], children }: PageProps): VNode {
  const { say, hub, viewer } = visit;
  return (
    <html lang={viewer.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === 'Tessera' ? title : `${title} · Tessera`}</title>
        <link
          rel="preload"
          href="/assets/fonts/public-sans-latin-wght-normal.woff2"
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        <link rel="stylesheet" href="/assets/tessera.css" />
        <link rel="icon" href="/assets/tessera.svg" type="image/svg+xml" />
        {islands.map((island) => (
          <script key={island} type="module" src={`/assets/islands/${island}.js`} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {say('skip')}
        </a>
        {hub.madeUp && (
          <aside class="made-up" aria-label={say('made_up')}>
            <strong>{say('made_up')}</strong> {say('made_up.more')}
          </aside>
        )}
        <Header visit={visit} />
        <main id="main">{children}</main>
        <Footer visit={visit} />
      </body>
    </html>
  );
}

/** A whole page as text; it needs no script to be read. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>${renderToString(<Page {...props} />)}`;
}
