/** What the program page says in English of training, prevention and what a county makes known. */
export const en = {
  training: 'Training and competencies',
  'training.lead':
    'Six competencies in three groups; a team covers all of them together. The sixth is made of ten skills. Trainings that a county’s steering body asked for stand below, under the county.',
  'training.competency': 'Competency',
  'training.group': 'Group',
  'training.skills': 'Skills of the sixth',
  prevention: 'Prevention',
  'prevention.lead':
    'Programs that the source documents name. Activity against demand is about buyers: it is counted apart and never beside a young person’s record.',
  'prevention.program': 'Program',
  'prevention.length': 'Length, as its source states it',
  'program.figures': 'Figures',
  'program.demand': 'Against demand, kept apart',
  'program.definition': 'definition',
  'county.known': 'What a county makes known',
  'county.known.lead':
    'Help lines, how each agency screens, and trainings, as the county’s register holds them today.',
  'county.known.none': 'The register of this county holds none yet.',
  'county.known.choose': 'Choose a county',
} as const;
