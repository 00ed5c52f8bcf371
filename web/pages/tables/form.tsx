import type { VNode } from 'preact';
import type { Catalogue, Member, TableQuestion } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { dimensionName } from './dimension-name.ts';

interface FormProps {
  readonly visit: Visit;
  readonly catalogue: Catalogue;
  readonly question: TableQuestion;
  /** The period or the place beside it. */
  readonly compared: string | undefined;
}

/** Five choices, sent as a plain address: the page that answers is its own permalink. */
export function QuestionForm({ visit, catalogue, question, compared }: FormProps): VNode {
  const { say } = visit;
  const metric = catalogue.metrics.find((one) => one.id === question.metric);
  const groups = [...new Set(catalogue.metrics.map((one) => one.group))];
  const each = (label: string): Member => ({ code: 'each', label });
  return (
    <form class="question" method="get" action="/tables">
      <div>
        <label for="metric">{say('tables.metric')}</label>
        <select id="metric" name="metric">
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {catalogue.metrics
                .filter((one) => one.group === group)
                .map((one) => (
                  <option key={one.id} value={one.id} selected={one.id === question.metric}>
                    {one.title}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      <Choice
        name="place"
        label={say('tables.place')}
        chosen={question.place}
        members={[{ code: 'all', label: say('place.all') }, each(say('place.each')), ...catalogue.places]}
      />
      <Choice
        name="period"
        label={say('tables.period')}
        chosen={question.period}
        members={[
          ...(metric?.periods ?? []).map((period) => ({ code: period, label: period })),
          each(say('period.each')),
        ]}
      />
      <Choice
        name="by"
        label={say('tables.by')}
        chosen={question.by ?? ''}
        members={[
          { code: '', label: say('by.none') },
          ...(metric?.breakdowns ?? []).map((by) => ({ code: by, label: dimensionName(by) })),
        ]}
      />
      <div>
        <label for="with">{say('tables.with')}</label>
        <select id="with" name="with">
          <option value="">{say('tables.with.none')}</option>
          {question.period !== 'each' && (
            <optgroup label={say('tables.period')}>
              <Options
                chosen={compared ?? ''}
                members={(metric?.periods ?? [])
                  .filter((period) => period !== question.period)
                  .map((period) => ({ code: period, label: period }))}
              />
            </optgroup>
          )}
          {question.place !== 'each' && (
            <optgroup label={say('tables.place')}>
              <Options
                chosen={compared ?? ''}
                members={[{ code: 'all', label: say('place.all') }, ...catalogue.places].filter(
                  ({ code }) => code !== question.place,
                )}
              />
            </optgroup>
          )}
        </select>
      </div>
      <button type="submit">{say('tables.show')}</button>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly members: readonly Member[];
}

function Choice({ name, label, chosen, members }: ChoiceProps): VNode {
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <Options chosen={chosen} members={members} />
      </select>
    </div>
  );
}

function Options({ chosen, members }: Pick<ChoiceProps, 'chosen' | 'members'>): VNode {
  return (
    <>
      {members.map((member) => (
        <option key={member.code} value={member.code} selected={member.code === chosen}>
          {member.label}
        </option>
      ))}
    </>
  );
}
