import type { en } from './en.ts';

/** What the page of people and tokens says in Spanish. */
export const es: Readonly<Record<keyof typeof en, string>> = {
  'people.lead':
    'Quién puede entrar, con qué función y con qué llaves. Una llave no se vuelve a mostrar después de hecha.',
  'people.who': 'Personas',
  'people.name': 'Nombre',
  'people.email': 'Correo',
  'people.roles': 'Funciones',
  'people.since': 'Desde',
  'people.access': 'Acceso',
  'people.ended': 'terminado',
  'people.tokens': 'Llaves de todas las personas',
  'people.own_tokens': 'Sus llaves',
  'people.no_tokens': 'No hay llaves.',
  'people.token': 'Llave',
  'people.role': 'Función',
  'people.scopes': 'Sirve para',
  'people.expires': 'Vence',
  'people.used': 'Último uso',
  'people.revoked': 'Revocada',
  'people.add': 'Dar acceso a alguien',
  'people.add.more':
    'Entra con el proveedor de identidad del sitio, o por un enlace hecho en el servidor: `npx tessera signin`.',
  'people.give': 'Dar una función',
  'people.of_county': 'Condado, si la función se ejerce para uno',
  'people.of_agency': 'Agencia, si se ejerce para una',
  'people.agreement': 'Convenio en que se apoya',
  'people.until': 'Último día',
  'people.end': 'Terminar el acceso',
  'people.end_role': 'Terminar esta función',
  'people.token.make': 'Crear un token',
  'people.token.name': 'Para qué es',
  'people.token.days': 'Por cuántos días vale',
  'people.token.made': 'El token, que se muestra solo esta vez',
  'people.token.keep':
    'Guárdelo donde los programas guardan secretos. Pregunta con su función, como `Authorization: Bearer …`.',
  'people.token.shown': 'Se mostró al crearlo y no se muestra más.',
  'people.token.revoke': 'Revocar',
};
