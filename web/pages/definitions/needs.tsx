import type { VNode } from 'preact';
import type { Need, Needs } from '../../../src/contracts/need.ts';
import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish, Trail } from './trail.tsx';

/** The tree of needs, which folds without a script. */
export function needsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const { needs } = contracts;
  const roots = [...needs.nodes.values()].filter((need) => need.parent === undefined);
  return html(
    renderPage({
      visit,
      title: say('needs'),
      children: (
        <>
          <Trail visit={visit} />
          <h1>{say('needs')}</h1>
          <p class="lead">{say('needs.lead')}</p>
          <p>{say('needs.marks')}</p>
          <InEnglish visit={visit} />
          <div class="tree">
            {roots.map((root) => (
              <Branch key={root.code} need={root} needs={needs} visit={visit} />
            ))}
          </div>
        </>
      ),
    }),
  );
}

interface BranchProps {
  readonly need: Need;
  readonly needs: Needs;
  readonly visit: Visit;
}

function Branch({ need, needs, visit }: BranchProps): VNode {
  if (need.children.length === 0) return <Node need={need} visit={visit} />;
  return (
    <details open={need.depth === 1 && need.immediate} id={need.code}>
      <summary>
        <Node need={need} visit={visit} />
      </summary>
      <ul>
        {need.children.map((code) => {
          const child = needs.nodes.get(code);
          return child === undefined ? null : (
            <li key={code}>
              <Branch need={child} needs={needs} visit={visit} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Node({ need, visit }: Omit<BranchProps, 'needs'>): VNode {
  const { say } = visit;
  return (
    <span>
      <code>{need.code}</code> <span lang="en">{need.label}</span>
      {need.timeSensitive !== undefined && (
        <span class="tag">{say('needs.72', { number: need.timeSensitive })}</span>
      )}
      {need.minorConsent && <span class="tag">{say('needs.minor')}</span>}
      {need.never !== undefined && <span class="tag tag-strong">{say('needs.never')}</span>}
    </span>
  );
}
