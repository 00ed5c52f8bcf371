import type { GraphiQLProps } from 'graphiql';
import { createElement, useSyncExternalStore } from 'react';
import { type Asked, codeFor } from './code.ts';

interface CodePanel {
  readonly plugin: NonNullable<GraphiQLProps['plugins']>[number];
  /** What stands in the editors now. */
  readonly told: (asked: Partial<Asked>) => void;
}

/** A panel beside the editors that follows what stands in them. */
export function codePanel(first: string, hub: string): CodePanel {
  let asked: Asked = { query: first, variables: '' };
  const listeners = new Set<() => void>();
  const follow = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const content = () => {
    const now = useSyncExternalStore(follow, () => asked);
    return createElement(
      'section',
      { 'aria-label': 'This question as code' },
      createElement('h2', { className: 'code-title' }, 'This question as code'),
      ...codeFor(now, hub).map(({ language, code }) =>
        createElement(
          'div',
          { key: language },
          createElement('h3', null, language),
          createElement('pre', { className: 'code', tabIndex: 0 }, code),
        ),
      ),
    );
  };
  return {
    plugin: { title: 'This question as code', icon: () => createElement('span', null, '</>'), content },
    told(changed) {
      asked = { ...asked, ...changed };
      for (const listener of listeners) listener();
    },
  };
}
