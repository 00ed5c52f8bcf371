import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { HelpLines } from './help-lines.tsx';

interface PageProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

function Page({ title, children }: PageProps): VNode {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === 'Tessera' ? title : `${title} · Tessera`}</title>
        <link rel="stylesheet" href="/assets/tessera.css" />
        <link rel="icon" href="/assets/tessera.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="masthead">
          <a class="masthead-name" href="/">
            <img src="/assets/tessera.svg" alt="" width="28" height="28" />
            Tessera
          </a>
        </header>
        <main id="main">{children}</main>
        <HelpLines />
      </body>
    </html>
  );
}

/** A whole page as text; it needs no script to be read. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>${renderToString(<Page {...props} />)}`;
}
