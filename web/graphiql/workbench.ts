import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { codePanel } from './code-panel.ts';
import { examples } from './examples.ts';

export function openWorkbench(place: HTMLElement): void {
  const panel = codePanel(examples[0] ?? '', location.origin);
  createRoot(place).render(
    createElement(GraphiQL, {
      fetcher: createGraphiQLFetcher({ url: '/graphql' }),
      defaultTabs: examples.map((query) => ({ query })),
      plugins: [HISTORY_PLUGIN, panel.plugin],
      onEditQuery: (query: string) => panel.told({ query }),
      onEditVariables: (variables: string) => panel.told({ variables }),
      onTabChange: ({ tabs, activeTabIndex }) => {
        const tab = tabs[activeTabIndex];
        panel.told({ query: tab?.query ?? '', variables: tab?.variables ?? '' });
      },
      forcedTheme: 'light',
    }),
  );
}
