/** English given names and forms that they are short for; the first of each line stands for all. */
const FAMILIES = `
alexander alex al xander lex
alexandra alex sandra sasha lexi
abigail abby abbie
andrew andy drew
anthony tony ant
barbara barb barbie
benjamin ben benny benji
cameron cam
catherine katherine kathryn kate katie kathy cathy kat kitty cate
charles charlie chuck chas
christina christine chris chrissy tina kristina
christopher chris topher kit
cynthia cindy
daniel dan danny
david dave davey
deborah deb debbie debra
dominic dom nick
donald don donny
edward ed eddie ted ned
elizabeth liz lizzie beth betty eliza libby betsy elisabeth
emily em emmy
eugene gene
francis frank frankie
frederick fred freddie
gabriel gabe
gabriella gabby gaby
gerald gerry jerry
gregory greg
henry hank harry
isabella isabel bella izzy
jacob jake
jacqueline jackie
james jim jimmy jamie
jennifer jen jenny jenn
jessica jess jessie
jonathan jon jonny
john johnny jack
joseph joe joey
joshua josh
juan juanito
julia julie jules
kenneth ken kenny
kimberly kim kimmy
lawrence larry
leonard leo len lenny
lillian lily lil
louis lou louie
madison maddie maddy
margaret maggie meg peggy marge margie
maria mary marie
matthew matt
megan meg
melissa mel missy
michael mike mikey mick
michelle shelly
natalie nat
natasha tasha
nathaniel nathan nate
nicholas nick nicky
olivia liv livvy
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete
philip phil phillip
rachel rach
raymond ray
rebecca becca becky
richard rick ricky dick rich
robert rob bob bobby robbie bert
ronald ron ronny
samantha sam sammy
samuel sam sammy
sarah sara sally
stephanie steph
stephen steve steven stevie
susan sue susie suzy
tabitha tabby
theodore theo ted teddy
theresa teresa terry tess
thomas tom tommy
timothy tim timmy
valerie val
veronica ronnie
victoria vicky tori vic
vincent vince vinny
walter walt wally
william will bill billy willie liam
zachary zach zack
`;

const FULL = new Map<string, string>();
for (const family of FAMILIES.trim().split('\n')) {
  const [full = '', ...short] = family.split(' ');
  FULL.set(full, full);
  // A form of two names stays with the first, so that each name has one token.
  for (const form of short) if (!FULL.has(form)) FULL.set(form, full);
}

/** The name that a normalised given name is a form of, or the name itself. */
export function fullName(given: string): string {
  return FULL.get(given) ?? given;
}
