import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const FIRST_QUESTION = `# Everything here comes from one protected release.
{
  hub {
    version
    release
  }
}
`;

export function openWorkbench(place: HTMLElement): void {
  createRoot(place).render(
    createElement(GraphiQL, {
      fetcher: createGraphiQLFetcher({ url: '/graphql' }),
      defaultQuery: FIRST_QUESTION,
      forcedTheme: 'light',
    }),
  );
}
