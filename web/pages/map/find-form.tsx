import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Situation } from '../../../src/providers/search.ts';
import type { Visit } from '../../visit.ts';
import { choicesOf, counties, Select } from './words.tsx';

interface FindFormProps {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly asked: Situation;
}

/** Sent as a body, never as an address: what is asked about a young person stands in no history and no log. */
export function FindForm({ visit, contracts, asked }: FindFormProps): VNode {
  const { say } = visit;
  const any = say('map.any');
  return (
    <form class="question question-wide" method="post" action="/map/find" autocomplete="off">
      <Select
        id="county"
        label={say('map.county')}
        chosen={asked.county}
        options={counties(contracts)}
        open={any}
        english={false}
      />
      <Needs visit={visit} contracts={contracts} chosen={asked.needs?.[0]} />
      <ForWhom visit={visit} contracts={contracts} asked={asked} />
      <Select
        id="kind"
        label={say('map.kind')}
        chosen={asked.kind}
        options={choicesOf(contracts, 'kind')}
        open={any}
      />
      <div>
        <label for="words">{say('map.name')}</label>
        <input id="words" name="words" type="text" value={asked.words ?? ''} />
      </div>
      <div class="check">
        <input
          id="pregnant_parenting"
          name="pregnant_parenting"
          type="checkbox"
          value="yes"
          checked={asked.pregnantParenting === true}
        />
        <label for="pregnant_parenting">{say('map.pregnant_parenting')}</label>
      </div>
      <div class="check">
        <input id="free" name="free" type="checkbox" value="yes" checked={asked.free === true} />
        <label for="free">{say('map.free_only')}</label>
      </div>
      <button type="submit">{say('map.find')}</button>
    </form>
  );
}

const CHOSEN = [
  { id: 'gender', field: 'genders' },
  { id: 'system', field: 'systems' },
  { id: 'language', field: 'languages' },
] as const;

/** Whom a program is to take. */
export function ForWhom({ visit, contracts, asked }: FindFormProps): VNode {
  const { say } = visit;
  return (
    <>
      <div>
        <label for="age">{say('map.age')}</label>
        <input
          id="age"
          name="age"
          type="number"
          min="0"
          max="25"
          inputMode="numeric"
          value={asked.age ?? ''}
        />
      </div>
      {CHOSEN.map(({ id, field }) => (
        <Select
          key={id}
          id={id}
          label={say(`map.${id}`)}
          chosen={asked[id]}
          options={choicesOf(contracts, field)}
          open={say('map.any')}
        />
      ))}
    </>
  );
}

/** Branches of the tree with the needs right below them. */
function Needs({
  visit,
  contracts,
  chosen,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly chosen: string | undefined;
}): VNode {
  const { nodes } = contracts.needs;
  return (
    <div>
      <label for="need">{visit.say('map.need')}</label>
      <select id="need" name="need">
        <option value="">{visit.say('map.any')}</option>
        {[...nodes.values()]
          .filter(({ depth }) => depth === 1)
          .map((branch) => (
            <optgroup key={branch.code} label={branch.label} lang="en">
              {[branch.code, ...branch.children].map((code) => (
                <option key={code} value={code} selected={code === chosen}>
                  {nodes.get(code)?.label ?? code}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
    </div>
  );
}

/** What a form sent, as far as it makes sense; the rest is not asked. */
export function situationIn(contracts: Contracts, sent: Readonly<Record<string, string>>): Situation {
  const known = (name: string, values: Iterable<readonly [string, string]>): string | undefined =>
    [...values].some(([value]) => value === sent[name]) ? sent[name] : undefined;
  const need = sent['need'];
  const age = Number(sent['age']);
  return {
    county: known('county', counties(contracts)),
    needs: need !== undefined && contracts.needs.nodes.has(need) ? [need] : [],
    age:
      sent['age'] !== undefined && sent['age'] !== '' && Number.isInteger(age) && age >= 0 && age <= 25
        ? age
        : undefined,
    gender: known('gender', choicesOf(contracts, 'genders')),
    system: known('system', choicesOf(contracts, 'systems')),
    language: known('language', choicesOf(contracts, 'languages')),
    kind: known('kind', choicesOf(contracts, 'kind')),
    pregnantParenting: sent['pregnant_parenting'] === 'yes' ? true : undefined,
    words: sent['words']?.slice(0, 100),
    free: sent['free'] === 'yes',
  };
}
