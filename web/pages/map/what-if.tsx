import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Asked } from '../../../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../../../src/providers/gaps/gaps.ts';
import type { Visit } from '../../visit.ts';
import { Select } from './words.tsx';

/** What would be there with more programs or places for one need; nothing of it is kept. */
export function WhatIfForm({
  visit,
  contracts,
  asked,
  gaps,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly asked: Asked;
  readonly gaps: Gaps;
}): VNode {
  const { say, number } = visit;
  const { whatIf } = asked;
  const after = gaps.needs.find(({ need }) => need === whatIf?.need);
  return (
    <section aria-labelledby="what-if">
      <h2 id="what-if">{say('map.what_if')}</h2>
      <form class="question" method="post" action="/map/gaps">
        <input type="hidden" name="county" value={asked.county ?? ''} />
        {Object.entries(asked.for ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value ?? ''} />
        ))}
        <Select
          id="need"
          label={say('map.need')}
          chosen={whatIf?.need}
          options={gaps.needs.map(({ need, label }) => [need, label] as const)}
        />
        <div>
          <label for="programs">{say('map.what_if.programs')}</label>
          <input
            id="programs"
            name="programs"
            type="number"
            min="0"
            max="999"
            value={whatIf?.programs ?? 1}
          />
        </div>
        <div>
          <label for="places">{say('map.what_if.places')}</label>
          <input id="places" name="places" type="number" min="0" max="999" value={whatIf?.places ?? 10} />
        </div>
        <button type="submit">{say('map.what_if.show')}</button>
      </form>
      {after !== undefined && whatIf !== undefined && (
        <p class="notice" role="status">
          {say('map.what_if.then', {
            need: contracts.needs.nodes.get(after.need)?.label ?? after.need,
            programs: after.supply.programs,
            places: after.supply.places,
            sufficiency: after.sufficiency === undefined ? '–' : `${number(after.sufficiency * 100, 0)} %`,
          })}
        </p>
      )}
    </section>
  );
}
