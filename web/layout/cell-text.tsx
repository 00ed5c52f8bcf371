import type { VNode } from 'preact';
import {
  type Cell,
  HIDDEN,
  isKnown,
  NOT_AVAILABLE,
  PROVISIONAL,
  type Words,
} from '../../reports/charts/cell.ts';
import type { Visit } from '../visit.ts';

/** A number, or the mark of what it is instead: never blank, and never zero. */
export function CellText({ visit, cell }: { readonly visit: Visit; readonly cell: Cell }): VNode {
  const { say, number } = visit;
  if (!isKnown(cell)) {
    const hidden = cell.status === 'hidden';
    return (
      <abbr class={hidden ? 'hidden' : 'absent'} title={say(hidden ? 'mark.hidden' : 'mark.not_available')}>
        {hidden ? HIDDEN : NOT_AVAILABLE}
      </abbr>
    );
  }
  return (
    <>
      {number(cell.value)}
      {cell.status === 'provisional' && <abbr title={say('mark.provisional')}> {PROVISIONAL}</abbr>}
    </>
  );
}

export function Interval({ visit, cell }: { readonly visit: Visit; readonly cell: Cell }): VNode {
  if (!isKnown(cell) || cell.lower === undefined || cell.upper === undefined) return <>–</>;
  return (
    <>
      {visit.number(cell.lower)} – {visit.number(cell.upper)}
    </>
  );
}

/** The reader's words for the charts. */
export function chartWords(visit: Visit): Words {
  const { say, number } = visit;
  return {
    number: (value) => number(value, 2),
    hidden: say('mark.hidden'),
    notAvailable: say('mark.not_available'),
    provisional: say('mark.provisional'),
    madeUp: say('made_up'),
  };
}

export function sourceLine(visit: Visit, metric: string, version: number): string {
  const { release } = visit.hub;
  if (release === undefined) return '';
  return visit.say('source', {
    number: release.number,
    state: release.state,
    day: visit.day(release.closedOn),
    metric,
    version,
  });
}
