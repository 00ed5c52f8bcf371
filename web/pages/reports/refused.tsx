import type { VNode } from 'preact';
import { en } from '../../messages/reports/en.ts';
import type { Visit } from '../../visit.ts';

/** Why a form was not taken; it stands in the address that the form answered with. */
export function RefusedNote({ visit }: { readonly visit: Visit }): VNode | null {
  const key = `reports.refused.${visit.query.get('refused') ?? ''}`;
  const known = (Object.keys(en) as (keyof typeof en)[]).find((one) => one === key);
  if (known === undefined) return null;
  return (
    <p class="notice" role="alert">
      {visit.say('reports.refused', { why: visit.say(known) })}
    </p>
  );
}
