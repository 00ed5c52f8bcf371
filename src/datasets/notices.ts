/** Who is written to when a request takes a step. Mails say that something waits, and never what a request says. */
import type { PoolClient } from 'pg';
import type { Act } from './review-workflow.ts';

interface Notice {
  /** `author`, or the duties whose holders get it. */
  readonly whom: readonly string[];
  readonly en: string;
  readonly es: string;
}

const reviewers = ['steward', 'county-counsel', 'survivor-advisor'];

/** Pure: what each act says to whom; nothing for those that only who acts needs to know of. */
export function noticeOf(act: Act['act'], approved: boolean): Notice | undefined {
  switch (act) {
    case 'submit':
      return {
        whom: reviewers,
        en: 'A request for a dataset waits for your review.',
        es: 'Una solicitud de datos espera su revisión.',
      };
    case 'withdraw':
      return {
        whom: reviewers,
        en: 'A request for a dataset was taken back.',
        es: 'Se retiró una solicitud de datos.',
      };
    case 'return':
      return {
        whom: ['author'],
        en: 'Your request for a dataset came back with what is to be changed.',
        es: 'Su solicitud de datos volvió con lo que hay que cambiar.',
      };
    case 'reject':
      return {
        whom: ['author'],
        en: 'Your request for a dataset was rejected; its page says why.',
        es: 'Su solicitud de datos fue rechazada; su página dice por qué.',
      };
    case 'approve':
      return approved
        ? {
            whom: ['author', 'steward'],
            en: 'A request for a dataset is approved; a steward can release the dataset now.',
            es: 'Una solicitud de datos está aprobada; ya se puede entregar el conjunto de datos.',
          }
        : undefined;
    case 'release':
      return {
        whom: ['author'],
        en: 'Your dataset is ready: make a link on the page of your request.',
        es: 'Su conjunto de datos está listo: cree un enlace en la página de su solicitud.',
      };
    case 'comment':
      return {
        whom: ['author', 'steward'],
        en: 'Somebody commented on a request for a dataset.',
        es: 'Alguien comentó una solicitud de datos.',
      };
    case 'destroy':
      return {
        whom: ['author', 'steward'],
        en: 'A dataset is recorded as destroyed.',
        es: 'Consta la destrucción de un conjunto de datos.',
      };
    case 'begin':
    case 'link':
    case 'revoke':
      return undefined;
  }
}

/** Where the hub is reached is not known here: the mail names the page below it. */
export async function tell(client: PoolClient, request: string, notice: Notice): Promise<void> {
  const subject = 'A request for a dataset / Una solicitud de datos';
  const body = [notice.en, '', notice.es, '', `/requests/${request}`, ''].join('\r\n');
  await client.query('SELECT dataset.tell($1, $2, $3, $4)', [request, notice.whom, subject, body]);
}
