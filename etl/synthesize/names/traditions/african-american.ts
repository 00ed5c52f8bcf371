import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const africanAmerican: Tradition = {
  name: 'african_american',
  given: {
    female: ranked(
      words(`Aaliyah Jasmine Imani Destiny Kayla Brianna Jada Kiara Nia Ebony Latoya Shanice Tiana Amari Zaria
        Deja Aniyah Makayla Raven Precious Tamia Keisha Tanisha Monique Serenity Nevaeh Diamond Asia Janelle
        Khadijah`),
    ),
    male: ranked(
      words(`Jayden Malik Isaiah Elijah Darius Xavier Jamal Andre Marcus Terrell Tyrone Deshawn Kareem Trevon
        Jaylen Khalil Demetrius Omari Kendrick Lamar Rashad Tyrese Darnell Quincy Devonte Marquis Jalen Reggie
        Cedric Amir`),
    ),
  },
  surnames: ranked(
    words(`Williams Johnson Jackson Brown Jones Davis Robinson Harris Washington Thomas Lewis Walker Young Coleman
      Jenkins Jefferson Banks Booker Simmons Brooks Bryant Alexander Griffin Hayes Dixon Hunt Freeman Webb Tucker
      Porter Crawford Mason Henry Mosley Holloway Dorsey Gaines Battle Sutton Vaughn Whitfield Pettway Ellison
      Merriweather Gadson Lyles Beckford Cobb Ruffin Sykes`),
  ),
  twoSurnames: 50,
  hyphen: 950,
  race: weighted([
    ['BLACK', 900],
    ['BLACK;WHITE', 60],
    ['BLACK;HISP', 40],
  ]),
  language: weighted([['eng', 1000]]),
};
