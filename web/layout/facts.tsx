import type { VNode } from 'preact';

/** What is to be known of one thing, each with what it is. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): VNode {
  return (
    <dl class="facts">
      {facts.map(([head, value]) => (
        <>
          <dt>{head}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
