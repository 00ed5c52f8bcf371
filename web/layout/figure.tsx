import type { VNode } from 'preact';
import type { About } from '../../reports/charts/frame.ts';

interface FigureProps {
  readonly about: Omit<About, 'width'>;
  readonly draw: (about: About) => string;
  /** Addresses that give this very picture. */
  readonly downloads?: readonly { readonly href: string; readonly label: string }[];
}

/** A chart twice, for a wide and for a narrow page; the style shows one of them. The table beside it is the page's. */
export function Figure({ about, draw, downloads = [] }: FigureProps): VNode {
  return (
    <figure class="chart">
      <Picture kind="chart-wide" svg={draw({ ...about, width: 720 })} />
      <Picture kind="chart-narrow" svg={draw({ ...about, id: `${about.id}-n`, width: 288 })} />
      {downloads.length > 0 && (
        <figcaption>
          {downloads.map(({ href, label }) => (
            <a key={href} href={href} download>
              {label}
            </a>
          ))}
        </figcaption>
      )}
    </figure>
  );
}

/** The charts escape every word that they are given. */
function Picture({ kind, svg }: { readonly kind: string; readonly svg: string }): VNode {
  return <div class={kind} dangerouslySetInnerHTML={{ __html: svg }} />;
}
