import type { KeywordLanguage } from '../keywords.ts'

/** Indonesian and, where they agree, Malay. */
export const indonesian: KeywordLanguage = {
  code: 'id',
  keywords: {
    slides: [['presentasi', 'persembahan'], 'salindia'],
    code: [['kode', 'kode sumber'], ['program', 'pemrograman'], 'skrip', 'fungsi'],
    analysis: [
      ['analisis', 'analisa', 'analisislah', 'menganalisis'],
      ['periksa', 'periksalah'],
      'telaah',
      ['tinjau', 'tinjauan'],
      'selidiki',
    ],
    summarization: [
      ['ringkas', 'ringkaskan', 'ringkasan', 'meringkas'],
      ['rangkum', 'rangkumkan', 'rangkuman', 'merangkum'],
      'ikhtisar',
    ],
    translation: [['terjemahkan', 'terjemahan', 'menerjemahkan', 'terjemahin']],
    image: [['gambar', 'gambarnya'], ['foto', 'fotonya'], 'diagram', 'ilustrasi'],
    document: [['dokumen', 'dokumennya'], ['laporan', 'laporannya'], 'makalah'],
  },
  ignored: ['kode pos'],
}
