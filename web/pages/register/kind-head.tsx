import type { VNode } from 'preact';
import type { RegisterKind } from '../../../src/contracts/register.ts';
import type { Visit } from '../../visit.ts';

export function titleOf({ name }: RegisterKind): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What concerns all counties is written by whoever sees all of them. */
export function mayAdd(visit: Visit, kind: RegisterKind): boolean {
  if (!visit.may('recordRegisterEntry')) return false;
  return kind.scope === 'county' || (kind.scope === 'state' && visit.viewer.county === undefined);
}

/** The head of a page about one kind of entries, with the way back to the county's register. */
export function KindHead({
  visit,
  kind,
  county,
}: {
  readonly visit: Visit;
  readonly kind: RegisterKind;
  readonly county: string | undefined;
}): VNode {
  const { say } = visit;
  return (
    <>
      <nav class="trail" aria-label={say('trail')}>
        <a href={county === undefined ? '/register' : `/register?county=${county}`}>{say('nav.register')}</a>
      </nav>
      <h1 lang="en">{titleOf(kind)}</h1>
      <p class="lead" lang="en">
        {kind.words}
      </p>
    </>
  );
}
