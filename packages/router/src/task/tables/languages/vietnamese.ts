import type { KeywordLanguage } from '../keywords.ts'

/** Vietnamese. A word is several syllables, so most keywords are phrases; `dịch` alone is also an epidemic. */
export const vietnamese: KeywordLanguage = {
  code: 'vi',
  keywords: {
    slides: [
      ['thuyết trình', 'bài thuyết trình'],
      ['trình chiếu', 'bản trình chiếu', 'trang chiếu'],
    ],
    code: [
      ['mã nguồn', 'đoạn mã', 'viết mã', 'đoạn code'],
      'lập trình',
      'chương trình',
      'tập lệnh',
      'hàm',
    ],
    analysis: ['phân tích', 'kiểm tra', 'xem xét', 'điều tra', 'đánh giá', 'rà soát'],
    summarization: [['tóm tắt', 'bản tóm tắt'], ['tóm lược', 'tóm gọn'], 'rút gọn'],
    translation: [
      [
        'dịch sang',
        'dịch câu',
        'dịch đoạn',
        'dịch văn bản',
        'dịch tài liệu',
        'dịch bài',
        'dịch email',
        'dịch giúp',
        'dịch cho',
        'dịch từ',
        'hãy dịch',
      ],
      ['bản dịch', 'dịch thuật', 'phiên dịch'],
    ],
    image: [
      ['hình ảnh', 'ảnh', 'bức ảnh', 'tấm ảnh'],
      'bức tranh',
      ['sơ đồ', 'biểu đồ'],
      'hình vẽ',
    ],
    document: ['tài liệu', ['báo cáo', 'bản báo cáo'], ['bài báo khoa học', 'luận văn']],
  },
  ignored: ['ảnh hưởng', 'dịch vụ', 'giao dịch', 'dịch bệnh', 'chương trình truyền hình'],
}
