import { weighted } from '../stream.ts';
import { composed, ranked, type Tradition, words } from './tradition.ts';

// Written for this project from names that are in common use; no list of persons was read.

const english: Tradition = {
  name: 'english',
  given: {
    female: ranked(
      words(`Emily Madison Hannah Abigail Olivia Sarah Elizabeth Katherine Alexandra Jessica Samantha Natalie
        Rebecca Victoria Jennifer Margaret Amanda Nicole Rachel Stephanie Christina Allison Megan Kimberly Julia
        Grace Chloe Lily Ella Caroline Heather Laura Brooke Paige Molly Erin Kelsey Lindsay Tessa Wendy`),
    ),
    male: ranked(
      words(`Michael Joshua Matthew William Christopher Andrew Joseph Daniel Anthony Nicholas Alexander Ethan
        Benjamin Samuel Jonathan Zachary Nathan Robert Thomas James Edward Patrick Timothy Gregory Steven Charles
        Jacob Tyler Logan Owen Caleb Connor Dylan Lucas Evan Jeremy Brian Kevin Scott Peter`),
    ),
  },
  surnames: ranked([
    ...words(`Smith Miller Johnson Anderson Davis Wilson Moore Taylor Clark Hall Baker Adams Nelson Carter Mitchell
      Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell
      Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray Hughes Price Foster`),
    ...composed(
      'Ash Bram Cald Dray Elm Fair Green Hart Kirk Lang Marsh Nor Oak Pem Rad Stan Thorn Wal Wyn Hather',
      'ford ton well ley wick worth field bury more combe stead by man er',
    ),
  ]),
  twoSurnames: 40,
  hyphen: 900,
  race: weighted([
    ['WHITE', 900],
    ['WHITE;AIAN', 30],
    ['WHITE;HISP', 50],
    ['AIAN', 20],
  ]),
  language: weighted([['eng', 1000]]),
};

const spanish: Tradition = {
  name: 'spanish',
  given: {
    female: ranked(
      words(`Maria Guadalupe Sofia Camila Valeria Daniela Andrea Isabella Gabriela Alejandra Mariana Ximena Jimena
        Esmeralda Fernanda Adriana Leticia Rosario Catalina Lucia Elena Carolina Veronica Patricia Yesenia Marisol
        Citlali Itzel Paloma Renata Beatriz Araceli Monserrat Dulce Noemi`),
    ),
    male: ranked(
      words(`Jose Luis Juan Angel Jesus Carlos Miguel Diego Alejandro Francisco Fernando Eduardo Ricardo Javier
        Manuel Sebastian Santiago Emiliano Rafael Sergio Mateo Oscar Ramon Ernesto Hector Alberto Andres Gerardo
        Ismael Leonardo Rodrigo Salvador Victor Adrian Cesar`),
    ),
  },
  surnames: ranked([
    ...words(`Garcia Hernandez Lopez Martinez Gonzalez Rodriguez Perez Sanchez Ramirez Flores Torres Rivera Gomez
      Diaz Reyes Cruz Morales Gutierrez Ortiz Chavez Ramos Ruiz Mendoza Alvarez Jimenez Castillo Vargas Romero
      Herrera Medina Aguilar Castro Guzman Fernandez Munoz Salazar Soto Vazquez Contreras Rojas Guerrero Estrada
      Mejia Valdez Cervantes Ibarra Zavala Zamora Orozco Cisneros Peña Nuñez Muñoz`),
    ...composed(
      'Alv Barr Cald Camp Cort Esp Font Gall Lozan Mald Mont Oliv Pac Quint Sald Sant Tapi Val Vent Yepi',
      'ado era ero ez illo ino iza ona os ero ueta',
    ),
  ]),
  twoSurnames: 380,
  hyphen: 250,
  race: weighted([
    ['HISP', 900],
    ['HISP;WHITE', 60],
    ['HISP;AIAN', 25],
    ['HISP;BLACK', 15],
  ]),
  language: weighted([
    ['spa', 480],
    ['eng', 500],
    ['mix', 20],
  ]),
};

const african_american: Tradition = {
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

const vietnamese: Tradition = {
  name: 'vietnamese',
  given: {
    female: ranked(
      words(
        'Linh Thuy Huong Mai Lan Ngoc Trang Phuong Thao Anh Hanh Kim Yen Vy Tram My Quynh Nhi Chau Tuyet',
      ),
    ),
    male: ranked(
      words(
        'Minh Hung Tuan Duc Khanh Long Nam Bao Quang Hieu Thanh Phong Hai Khoa Tien Dat Vinh Son Huy Tri',
      ),
    ),
  },
  surnames: ranked(
    words('Nguyen Tran Le Pham Huynh Vo Dang Bui Do Ho Ngo Duong Ly Dinh Trinh Lam Truong Vu Cao Mai'),
    1,
  ),
  twoSurnames: 10,
  hyphen: 500,
  race: weighted([['ASIAN', 1000]]),
  language: weighted([
    ['vie', 550],
    ['eng', 450],
  ]),
};

const chinese: Tradition = {
  name: 'chinese',
  given: {
    female: ranked(
      words(
        'Mei Xin Jia Yan Hui Ling Ying Wei Na Qing Yun Lily Amy Vivian Michelle Joyce Cindy Fiona Jie Xue',
      ),
    ),
    male: ranked(
      words(
        'Wei Jun Ming Hao Jian Lei Tao Kai Bin Feng Yong Kevin Jason Eric Raymond Alan Vincent Cheng Zhi Peng',
      ),
    ),
  },
  surnames: ranked(
    words(
      'Wang Li Zhang Chen Liu Huang Wu Wong Chan Lee Lin Zhao Zhou Yang Xu Ma Leung Lau Cheung Ng Tang Yu Ho Kwan Fong Tam',
    ),
    2,
  ),
  twoSurnames: 10,
  hyphen: 500,
  race: weighted([
    ['ASIAN', 980],
    ['ASIAN;WHITE', 20],
  ]),
  language: weighted([
    ['cmn', 250],
    ['yue', 280],
    ['eng', 470],
  ]),
};

const filipino: Tradition = {
  name: 'filipino',
  given: {
    female: ranked(
      words(
        'Angelica Maricel Jasmine Princesa Kristine Rowena Liezl Cherry Marites Analyn Bianca Althea Nicole Lovely Divina',
      ),
    ),
    male: ranked(
      words(
        'Mark Joel Jericho Rommel Jayson Arnel Ronaldo Benjie Paolo Francis Christian Gilbert Jomar Reynaldo Noel',
      ),
    ),
  },
  surnames: ranked(
    words(`Santos Reyes Cruz Bautista Ocampo Mendoza Villanueva DelaCruz Dizon Pascual Manalo Tolentino Salonga
      Magbanua Panganiban Macaraeg Lumanog Dimaculangan Catacutan Bacani`),
  ),
  twoSurnames: 30,
  hyphen: 800,
  race: weighted([
    ['ASIAN', 850],
    ['ASIAN;WHITE', 80],
    ['ASIAN;NHPI', 70],
  ]),
  language: weighted([
    ['tgl', 350],
    ['eng', 650],
  ]),
};

const armenian_persian: Tradition = {
  name: 'armenian_persian',
  given: {
    female: ranked(
      words('Ani Nare Lilit Talin Arpi Sona Shirin Leila Nasrin Parisa Mina Roya Nairi Gayane Anahit'),
    ),
    male: ranked(
      words('Aram Narek Tigran Hayk Arman Vahe Raffi Reza Amir Kian Dariush Babak Sevak Gor Levon'),
    ),
  },
  surnames: ranked(
    composed('Hakob Sark Grig Petros Hovan Karap Avet Mart Khach Manuk Stepan Babay Ohan Mkrt', 'yan ian'),
  ),
  twoSurnames: 10,
  hyphen: 900,
  race: weighted([
    ['WHITE', 500],
    ['MENA', 450],
    ['MENA;WHITE', 50],
  ]),
  language: weighted([
    ['hye', 400],
    ['pes', 200],
    ['eng', 400],
  ]),
};

const south_asian: Tradition = {
  name: 'south_asian',
  given: {
    female: ranked(
      words(
        'Priya Ananya Simran Harpreet Jaspreet Neha Pooja Kavya Aarti Manpreet Divya Riya Meera Anjali Gurleen',
      ),
    ),
    male: ranked(
      words(
        'Arjun Rohan Gurpreet Manjit Harjit Rahul Vikram Amit Jasdeep Karan Sanjay Nikhil Ravi Dev Sukhdeep',
      ),
    ),
  },
  surnames: ranked(
    words(
      'Singh Kaur Patel Sharma Gill Sandhu Dhillon Sidhu Grewal Kumar Shah Gupta Reddy Rao Mehta Desai Bains Mann Brar Khan',
    ),
    2,
  ),
  twoSurnames: 30,
  hyphen: 500,
  race: weighted([['ASIAN', 1000]]),
  language: weighted([
    ['pan', 300],
    ['hin', 200],
    ['eng', 500],
  ]),
};

const korean: Tradition = {
  name: 'korean',
  given: {
    female: ranked(words('Minji Soyeon Hana Jiwon Yuna Eunji Sumin Grace Esther Jisoo Haeun Seoyeon')),
    male: ranked(
      words('Minjun Jihoon Daniel Seojun Hyunwoo Jinho Joon Sungmin Brian Taeyang Donghyun Eugene'),
    ),
  },
  surnames: ranked(words('Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Shin Seo Kwon'), 1),
  twoSurnames: 10,
  hyphen: 500,
  race: weighted([['ASIAN', 1000]]),
  language: weighted([
    ['kor', 450],
    ['eng', 550],
  ]),
};

const pacific_and_native: Tradition = {
  name: 'pacific_and_native',
  given: {
    female: ranked(words('Leilani Malia Sina Talia Winona Sage Aiyana Kaya Mele Lani Dakota Cheyenne')),
    male: ranked(words('Keanu Tavita Sione Semisi Kai Tane Dakota Chayton Ioane Viliami Hunter Koa')),
  },
  surnames: ranked(
    words(`Tuilagi Faleolo Leota Tavake Fonoti Kealoha Kahale Mahuka Begay Tsosie Yazzie Nez Whitehorse Joaquin
      Antone Duro Lavato Moala Vainikolo Tupou`),
  ),
  twoSurnames: 30,
  hyphen: 800,
  race: weighted([
    ['NHPI', 450],
    ['AIAN', 400],
    ['NHPI;WHITE', 50],
    ['AIAN;WHITE', 60],
    ['AIAN;HISP', 40],
  ]),
  language: weighted([
    ['eng', 960],
    ['und', 40],
  ]),
};

/** Shares of the state's young people, in a thousand. */
export const traditions = weighted<Tradition>([
  [spanish, 520],
  [english, 235],
  [african_american, 60],
  [chinese, 45],
  [vietnamese, 25],
  [filipino, 35],
  [south_asian, 35],
  [armenian_persian, 15],
  [korean, 15],
  [pacific_and_native, 15],
]);
