export const entryName = '@imrs/feedback'
