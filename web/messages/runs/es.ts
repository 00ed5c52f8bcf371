import type { en } from './en.ts';

/** What the page of the runs says in Spanish. */
export const es: Readonly<Record<keyof typeof en, string>> = {
  'runs.lead': 'Qué se ejecutó, cuántas filas entraron y quedaron, y qué hacer donde algo se detuvo.',
  'runs.reload': 'Recargue la página para ver novedades.',
  'runs.live': 'Esta página sigue las ejecuciones.',
  'runs.fresh': 'Actualizada ahora mismo.',
  'runs.none': 'Aún no se ejecutó nada. `npx tessera deliver` carga una primera entrega.',
  'runs.stopped': 'Necesita a alguien',
  'runs.stages': 'Etapas de {kind}',
  'runs.stage': 'Etapa',
  'runs.outcome': 'Resultado',
  'runs.in': 'Entraron',
  'runs.accepted': 'Aceptadas',
  'runs.rejected': 'Rechazadas',
  'runs.seconds': 'Segundos',
  'runs.do.failed':
    'Mire el registro de esta ejecución, corrija la causa y ejecútela otra vez: sigue donde se detuvo.',
  'runs.do.refused':
    'La entrega incumple un contrato. Envíe su informe a la agencia y pida una entrega nueva.',
  'runs.do.interrupted': 'Ejecútela otra vez: sigue donde se detuvo.',
  'outcome.running': 'en curso',
  'outcome.succeeded': 'lograda',
  'outcome.unchanged': 'sin cambios',
  'outcome.failed': 'fallida',
  'outcome.refused': 'no admitida',
  'outcome.interrupted': 'interrumpida',
  'runs.sources': 'Lo que enviaron las agencias',
  'runs.sources.more': 'Últimas entregas, por agencia',
  'runs.agency': 'Agencia',
  'runs.rejects': 'Filas rechazadas',
  'runs.rejects.more':
    'Por archivo y regla, nunca por valor. El informe de la agencia dice lo mismo línea por línea.',
  'runs.rejects.table': 'Filas rechazadas por archivo y regla',
  'runs.file': 'Archivo',
  'runs.first_line': 'Primera línea',
  'runs.again': 'Hacer ahora el trabajo de la noche',
  'runs.again.more':
    'Lo que ya se hizo no se repite: una noche que se detuvo sigue con la etapa que la detuvo.',
  'runs.again.asked': 'Solicitado. Espera su turno; esta página lo muestra cuando empieza.',
  'runs.again.begun': 'Ha empezado.',
  'runs.again.ended': 'Ha terminado: {outcome}.',
};
