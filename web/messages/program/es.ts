import type { en } from './en.ts';

/** What the program page says in Spanish of training, prevention and what a county makes known. */
export const es: Readonly<Record<keyof typeof en, string>> = {
  training: 'Capacitación y competencias',
  'training.lead':
    'Seis competencias en tres grupos; un equipo las cubre todas entre sus miembros. La sexta consta de diez habilidades. Las capacitaciones que pidió el órgano directivo de un condado figuran más abajo, con el condado.',
  'training.competency': 'Competencia',
  'training.group': 'Grupo',
  'training.skills': 'Habilidades de la sexta',
  prevention: 'Prevención',
  'prevention.lead':
    'Programas que nombran los documentos de origen. La actividad contra la demanda trata de los compradores: se cuenta aparte y nunca junto al registro de un joven.',
  'prevention.program': 'Programa',
  'prevention.length': 'Duración, según su fuente',
  'program.figures': 'Cifras',
  'program.demand': 'Contra la demanda, aparte',
  'program.definition': 'definición',
  'county.known': 'Lo que un condado da a conocer',
  'county.known.lead':
    'Líneas de ayuda, cómo detecta cada agencia y capacitaciones, como figuran hoy en el registro del condado.',
  'county.known.none': 'El registro de este condado aún no tiene ninguna.',
  'county.known.choose': 'Elija un condado',
};
