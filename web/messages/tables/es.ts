import type { en } from './en.ts';

/** What the table tool says in Spanish. */
export const es: Readonly<Record<keyof typeof en, string>> = {
  'tables.lead': 'Elija qué ver. La dirección de la página que responde es su enlace permanente.',
  'tables.metric': 'Cifra',
  'tables.place': 'Lugar',
  'tables.period': 'Período',
  'tables.by': 'Desglose',
  'tables.with': 'Comparar con',
  'tables.with.none': 'Nada',
  'tables.show': 'Mostrar',
  'tables.definition': 'Definición, versión {version}',
  'tables.permalink': 'Enlace permanente a esta publicación',
  'tables.newer': 'Está leyendo la publicación {number}; la {newer} es más reciente.',
  'tables.newest': 'Ver la más reciente',
  'tables.not_published': 'La publicación no tiene esa tabla. Elija otro desglose u otro lugar.',
  'tables.secure':
    'El gemelo protegido de {place}: para sus propios analistas autorizados. Estas cifras no se deben transmitir.',
  'tables.zip': 'Todo (ZIP: CSV, Parquet, diccionario, cita)',
  'tables.compared': 'Comparado con {other}',
  'tables.compared.none': 'La publicación no tiene esa cifra de {other}.',
  'tables.difference': 'Diferencia',
  'tables.compared.chance':
    'La diferencia figura solo donde se muestran ambas cifras. Una menor que los intervalos puede ser casualidad.',
  'place.all': 'Todo California',
  'place.each': 'Cada condado',
  'period.each': 'todos los períodos',
  'tools.copy': 'Copiar la tabla',
  'tools.copied': 'Copiada.',
  'tools.print': 'Imprimir',
  'tools.png': 'Imagen (PNG)',
  'tools.saved': 'Guardada.',
  snippets: 'Leerlo con código',
  'snippets.lead': 'Cada uno lee exactamente esta vista. Ponga en HUB la dirección de este centro.',
};
