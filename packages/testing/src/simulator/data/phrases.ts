/** The languages that the phrasebook knows. */
export type PhraseLanguage = 'French' | 'German' | 'Spanish' | 'Italian'

/** How a prompt names a language. */
export const LANGUAGE_PATTERNS: readonly (readonly [PhraseLanguage, RegExp])[] = [
  ['French', /\bfrench|français/i],
  ['German', /\bgerman|deutsch/i],
  ['Spanish', /\bspanish|español/i],
  ['Italian', /\bitalian/i],
]

type Phrase = Readonly<Record<PhraseLanguage, string>>

/** Phrases, longest first, so that a whole phrase wins over its words. */
export const PHRASES: Readonly<Record<string, Phrase>> = {
  'where is the train station': {
    French: 'où est la gare',
    German: 'wo ist der Bahnhof',
    Spanish: 'dónde está la estación de tren',
    Italian: 'dov’è la stazione',
  },
  'how much does it cost': {
    French: 'combien ça coûte',
    German: 'wie viel kostet das',
    Spanish: 'cuánto cuesta',
    Italian: 'quanto costa',
  },
  'the weather is nice today': {
    French: 'il fait beau aujourd’hui',
    German: 'das Wetter ist heute schön',
    Spanish: 'hoy hace buen tiempo',
    Italian: 'oggi fa bel tempo',
  },
  'see you tomorrow': {
    French: 'à demain',
    German: 'bis morgen',
    Spanish: 'hasta mañana',
    Italian: 'a domani',
  },
  'thank you very much': {
    French: 'merci beaucoup',
    German: 'vielen Dank',
    Spanish: 'muchas gracias',
    Italian: 'grazie mille',
  },
  'good morning': {
    French: 'bonjour',
    German: 'guten Morgen',
    Spanish: 'buenos días',
    Italian: 'buongiorno',
  },
  'good night': {
    French: 'bonne nuit',
    German: 'gute Nacht',
    Spanish: 'buenas noches',
    Italian: 'buona notte',
  },
  'how are you': {
    French: 'comment allez-vous',
    German: 'wie geht es Ihnen',
    Spanish: 'cómo está usted',
    Italian: 'come sta',
  },
  'i love you': {
    French: 'je t’aime',
    German: 'ich liebe dich',
    Spanish: 'te quiero',
    Italian: 'ti amo',
  },
  'thank you': { French: 'merci', German: 'danke', Spanish: 'gracias', Italian: 'grazie' },
  welcome: {
    French: 'bienvenue',
    German: 'willkommen',
    Spanish: 'bienvenidos',
    Italian: 'benvenuti',
  },
  hello: { French: 'bonjour', German: 'hallo', Spanish: 'hola', Italian: 'ciao' },
  please: {
    French: 's’il vous plaît',
    German: 'bitte',
    Spanish: 'por favor',
    Italian: 'per favore',
  },
  friend: { French: 'ami', German: 'Freund', Spanish: 'amigo', Italian: 'amico' },
  river: { French: 'rivière', German: 'Fluss', Spanish: 'río', Italian: 'fiume' },
  world: { French: 'monde', German: 'Welt', Spanish: 'mundo', Italian: 'mondo' },
  water: { French: 'eau', German: 'Wasser', Spanish: 'agua', Italian: 'acqua' },
  today: { French: 'aujourd’hui', German: 'heute', Spanish: 'hoy', Italian: 'oggi' },
  house: { French: 'maison', German: 'Haus', Spanish: 'casa', Italian: 'casa' },
  bread: { French: 'pain', German: 'Brot', Spanish: 'pan', Italian: 'pane' },
  coffee: { French: 'café', German: 'Kaffee', Spanish: 'café', Italian: 'caffè' },
  and: { French: 'et', German: 'und', Spanish: 'y', Italian: 'e' },
  is: { French: 'est', German: 'ist', Spanish: 'es', Italian: 'è' },
  my: { French: 'mon', German: 'mein', Spanish: 'mi', Italian: 'mio' },
  the: { French: 'le', German: 'das', Spanish: 'el', Italian: 'il' },
}
