import type { RegisterKind } from '../../../src/contracts/register.ts';
import type { Refused } from '../../../src/errors.ts';
import { type Answer, html, seeOther } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { EntryForm, type Filled, sentEntry } from './entry-form.tsx';
import { KindHead, mayAdd, titleOf } from './kind-head.tsx';

/** The form of a new entry of one kind. */
export function newEntryPage(visit: Visit, ports: Ports): Answer {
  const kind = kindIn(visit, ports);
  if (kind === undefined) return notFoundPage(visit);
  const today = new Date().toISOString().slice(0, 10);
  return shown(visit, ports, kind, { fields: [], from: today, to: '', withdrawn: false });
}

export async function makeEntry(visit: Visit, ports: Ports): Promise<Answer> {
  const kind = kindIn(visit, ports);
  if (kind === undefined) return notFoundPage(visit);
  const { refused, filled, location } = await sentEntry(visit, ports, kind);
  if (location !== undefined) return seeOther(location);
  return { ...shown(visit, ports, kind, filled, refused), status: 422 };
}

function kindIn(visit: Visit, { contracts }: Ports): RegisterKind | undefined {
  const kind = contracts.register.get(visit.params['kind'] ?? '');
  return kind !== undefined && mayAdd(visit, kind) ? kind : undefined;
}

function shown(visit: Visit, ports: Ports, kind: RegisterKind, filled: Filled, refused?: Refused): Answer {
  const { viewer } = visit;
  const county =
    kind.scope === 'state'
      ? undefined
      : (viewer.county ?? visit.sent['county'] ?? visit.query.get('county') ?? undefined);
  return html(
    renderPage({
      visit,
      title: titleOf(kind),
      children: (
        <>
          <KindHead visit={visit} kind={kind} county={county} />
          <EntryForm
            visit={visit}
            ports={ports}
            kind={kind}
            filled={filled}
            refused={refused}
            county={county}
          />
        </>
      ),
    }),
  );
}
