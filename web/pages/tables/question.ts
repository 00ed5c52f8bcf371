import type { Catalogue, MetricSummary, TableQuestion } from '../../released-table.ts';

/** Every value that the address holds is held to the catalogue; what does not fit takes the nearest that does. */
export function readQuestion(query: URLSearchParams, catalogue: Catalogue): TableQuestion | undefined {
  const metric = catalogue.metrics.find((one) => one.id === query.get('metric')) ?? catalogue.metrics[0];
  if (metric === undefined) return undefined;
  const by = metric.breakdowns.find((one) => one === query.get('by'));
  return {
    metric: metric.id,
    place: placeOf(query.get('place'), catalogue, by !== undefined),
    period: periodOf(query.get('period'), metric),
    by,
    release: releaseOf(query.get('release')),
  };
}

/** Every county at once has no room for a second breakdown. */
function placeOf(asked: string | null, catalogue: Catalogue, broken: boolean): string {
  if (asked === 'each' && !broken) return 'each';
  return catalogue.places.find((place) => place.code === asked)?.code ?? 'all';
}

function periodOf(asked: string | null, metric: MetricSummary): string {
  if (asked === 'each') return 'each';
  return metric.periods.find((period) => period === asked) ?? metric.periods.at(-1) ?? 'each';
}

function releaseOf(asked: string | null): number | undefined {
  const number = Number(asked);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** The same question of the period or the place that `with` names; of one that is shown already there is none. */
export function comparedQuestion(
  query: URLSearchParams,
  question: TableQuestion,
  catalogue: Catalogue,
): { readonly question: TableQuestion; readonly with: string } | undefined {
  const asked = query.get('with') ?? '';
  const { place, period } = question;
  const periods = catalogue.metrics.find(({ id }) => id === question.metric)?.periods ?? [];
  if (period !== 'each' && asked !== period && periods.includes(asked))
    return { question: { ...question, period: asked }, with: asked };
  const places = ['all', ...catalogue.places.map(({ code }) => code)];
  if (place !== 'each' && asked !== place && places.includes(asked))
    return { question: { ...question, place: asked }, with: asked };
  return undefined;
}

/** The address of exactly this view; with a release in it, it never changes. */
export function queryOf(question: TableQuestion, release?: number, compared?: string): string {
  const query = new URLSearchParams({
    metric: question.metric,
    place: question.place,
    period: question.period,
  });
  if (question.by !== undefined) query.set('by', question.by);
  if (compared !== undefined) query.set('with', compared);
  const frozen = release ?? question.release;
  if (frozen !== undefined) query.set('release', String(frozen));
  return query.toString();
}
