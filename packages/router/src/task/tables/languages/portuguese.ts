import type { KeywordLanguage } from '../keywords.ts'

/** Portuguese, of Portugal and of Brazil. */
export const portuguese: KeywordLanguage = {
  code: 'pt',
  keywords: {
    slides: [
      ['apresentação', 'apresentacao', 'apresentações', 'apresentacoes'],
      ['diapositivo', 'diapositivos'],
      ['um slide', 'os slides'],
    ],
    code: [
      ['código', 'codigo', 'códigos', 'codigos'],
      ['programa', 'programas', 'programar', 'programação', 'programacao'],
      ['script', 'scripts'],
      ['função', 'funcao', 'funções', 'funcoes'],
    ],
    analysis: [
      ['analise', 'analisa', 'analisar', 'analisem', 'análise', 'análises'],
      ['examine', 'examina', 'examinar'],
      ['investigue', 'investiga', 'investigar', 'investigação', 'investigacao'],
      ['revisar', 'reveja', 'revisão'],
    ],
    summarization: [
      ['resuma', 'resumir', 'resumo', 'resumos', 'resumam', 'resume o', 'resume a', 'resume os'],
      ['síntese', 'sintetize', 'sintetizar'],
      'condensar',
    ],
    translation: [
      ['traduza', 'traduz', 'traduzir', 'traduzam', 'traduzido'],
      ['tradução', 'traducao', 'traduções', 'traducoes'],
    ],
    image: [
      ['imagem', 'imagens'],
      ['foto', 'fotos', 'fotografia', 'fotografias'],
      ['diagrama', 'diagramas'],
      ['desenho', 'desenhos', 'desenhe', 'desenha'],
      ['ilustração', 'ilustrações'],
    ],
    document: [
      ['documento', 'documentos'],
      ['relatório', 'relatorio', 'relatórios', 'relatorios'],
      ['artigo científico', 'artigo acadêmico', 'artigo académico'],
    ],
  },
  ignored: [
    'código postal',
    'código de barras',
    'em função',
    'programa de televisão',
    'programa de tv',
  ],
}
