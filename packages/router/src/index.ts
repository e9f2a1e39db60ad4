export const entryName = '@imrs/router'
