import { weighted } from '../../stream.ts';
import { composed, ranked, type Tradition, words } from '../tradition.ts';

export const spanish: Tradition = {
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
