/** What every output says about itself. */
export const MADE_UP = 'made-up data';

export const NOTICE = `This is ${MADE_UP}. Every person, name, number, address, agency and event in it was invented by a program.
No record of a real person was read to make it, and no figure in it says anything about a real place.
`;
